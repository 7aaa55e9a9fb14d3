package dev.almanac.transforms.staging;

import dev.almanac.transforms.source.SourceRange;
import java.io.Serializable;

/**
 * Where an earlier dataset keeps what it read of a range of a source file.
 *
 * @param rows the file with its rows, and {@code position} among the ranges in it
 * @param statistics the file with the statistics of its train rows
 * @param summary what reading it came to
 */
public record KeptRange(String rows, int position, String statistics, RangeSummary summary)
    implements Serializable {
  /** Whether it is the same range of a file that has the size it had: its content decides. */
  public boolean mayHold(SourceRange range) {
    SourceRange before = summary.range();
    return before.isSame(range) && before.file().bytes() == range.file().bytes();
  }

  /** Whether all its rows were kept; rejected ones are read again, for their places and reasons. */
  public boolean isWhole() {
    return summary.ledger().rows().rejected() == 0;
  }
}
