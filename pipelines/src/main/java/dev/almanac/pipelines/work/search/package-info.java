/** Runs the trials of a study in processes and evaluates the winner. */
package dev.almanac.pipelines.work.search;
