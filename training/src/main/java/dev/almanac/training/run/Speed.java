package dev.almanac.training.run;

/**
 * How long training took.
 *
 * @param seconds in all, validation included
 * @param rowsPerSecond rows trained on in a second, validation apart
 */
public record Speed(double seconds, double rowsPerSecond) {}
