package dev.almanac.transforms.schema.infer;

import java.io.Serializable;

/**
 * How many cells of a column were met.
 *
 * @param files that have the column
 * @param rows cells, in rows that were read
 * @param nulls cells that are missing
 * @param notFinite cells that are NaN, an infinity or beyond binary64
 */
record CellTally(long files, long rows, long nulls, long notFinite) implements Serializable {
  CellTally plus(CellTally other) {
    return new CellTally(
        files + other.files, rows + other.rows, nulls + other.nulls, notFinite + other.notFinite);
  }

  /** Cells that are not missing. */
  long values() {
    return rows - nulls;
  }
}
