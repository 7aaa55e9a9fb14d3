package dev.almanac.training.data.read;

/** The least and the greatest value of an int32 column in a row group, as its footer has them. */
public record IntEnds(int least, int most) {}
