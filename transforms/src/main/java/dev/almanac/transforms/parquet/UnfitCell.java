package dev.almanac.transforms.parquet;

import dev.almanac.transforms.reject.RejectReason;

/**
 * A cell that is not of the type that it is read as. The column has a null in its place.
 *
 * @param row of the batch, from 0
 */
public record UnfitCell(String column, int row, RejectReason reason, String text) {}
