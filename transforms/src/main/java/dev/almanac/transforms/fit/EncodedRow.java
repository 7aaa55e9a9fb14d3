package dev.almanac.transforms.fit;

/**
 * One row as a model reads it.
 *
 * @param numeric in the order of {@link FittedTransform#numericNames}
 * @param categories in the order of {@link FittedTransform#nominalNames}
 */
public record EncodedRow(float[] numeric, int[] categories) {}
