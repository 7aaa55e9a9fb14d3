package dev.almanac.training.search.trial;

/**
 * How good a trial was after an epoch.
 *
 * @param epoch from 1
 * @param value of the study's metric, of the model that the training would keep if it ended now:
 *     that of the best epoch so far, never merely the last
 */
public record Report(int epoch, double value) {}
