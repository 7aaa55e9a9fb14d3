/** Runs on disk: their records, journals and states, and the folder that holds them. */
package dev.almanac.training.run;
