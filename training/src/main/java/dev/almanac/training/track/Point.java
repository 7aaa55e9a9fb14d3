package dev.almanac.training.track;

/**
 * Where a training stood at a moment.
 *
 * @param epoch from 1
 * @param step of all steps, from 1
 * @param millis when, since 1970 in UTC
 * @param endsEpoch whether it was the epoch's last step
 * @param trainLoss mean over the rows of the epoch so far
 * @param rowsPerSecond of the epoch so far
 */
public record Point(
    int epoch, long step, long millis, boolean endsEpoch, double trainLoss, double rowsPerSecond) {}
