package dev.almanac.training.run.index;

import dev.almanac.transforms.problem.WorkException;
import java.sql.SQLException;

/** An index that cannot be used; its runs can. */
final class IndexException extends WorkException {
  private static final long serialVersionUID = 1L;

  /** SQLite's codes of a file that is damaged, and of one that is none of its own. */
  private static final int CORRUPT = 11;

  private static final int NO_DATABASE = 26;

  private final boolean damaged;

  IndexException(SQLException cause) {
    super(cause.getMessage(), cause);
    int code = cause.getErrorCode() & 0xFF;
    damaged = code == CORRUPT || code == NO_DATABASE;
  }

  /** Whether a new one would do. */
  boolean isDamaged() {
    return damaged;
  }
}
