/** Makes one run of several: its model is the mean of theirs. */
package dev.almanac.training.ensemble;
