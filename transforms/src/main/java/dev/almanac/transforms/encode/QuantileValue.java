package dev.almanac.transforms.encode;

import java.io.Serializable;

/**
 * A quantile of train.
 *
 * @param share of the rows that lie below, from 0 to 1
 */
public record QuantileValue(double share, double value) implements Serializable {}
