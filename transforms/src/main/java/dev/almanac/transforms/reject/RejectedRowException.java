package dev.almanac.transforms.reject;

import dev.almanac.transforms.problem.RefusedException;

/**
 * A row of raw cells that a CSV file could not hold either; the message says which cell and why.
 */
public final class RejectedRowException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final int row;
  private final String column;
  private final RejectReason reason;

  /**
   * @param row its place among those given, from 0
   */
  public RejectedRowException(int row, String column, RejectReason reason, String message) {
    super(message);
    this.row = row;
    this.column = column;
    this.reason = reason;
  }

  /** The row's place among those given, from 0. */
  public int row() {
    return row;
  }

  /** The column of the bad cell: the first in the order of the wanted columns. */
  public String column() {
    return column;
  }

  /** Why, as the CSV reader says it. */
  public RejectReason reason() {
    return reason;
  }
}
