/** What is done with runs after they were made: labels, deleting, restoring, purging. */
package dev.almanac.training.run.change;
