/**
 * Trains runs: the loop over epochs, early stopping, checkpoints, repeats, and whether a run can be
 * made again.
 */
package dev.almanac.training.train;
