/** Counts how good predictions are. */
package dev.almanac.training.metric;
