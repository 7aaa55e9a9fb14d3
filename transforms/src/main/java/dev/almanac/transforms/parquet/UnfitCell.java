package dev.almanac.transforms.parquet;

import dev.almanac.transforms.reject.RejectReason;

/**
 * A cell that is no value of the type it is read as; its column has a null there.
 *
 * @param row of the batch, from 0
 */
public record UnfitCell(String column, int row, RejectReason reason, String text) {}
