package dev.almanac.transforms.feature.lift;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import java.util.List;

/**
 * The cells of one row that an {@link OfCells} reads, by their places among its inputs, counted
 * from 0. What is asked of an input must be how the function said that it {@link Seen sees} it.
 *
 * <p>It stands on one row after another, and holds good during the call alone.
 */
public final class RowCells {
  private final Column[] columns;
  private final double[][] numbers;
  private final long[][] integers;
  private final StringColumn[] texts;
  private int row;

  RowCells(List<Column> inputs, List<Seen> seen) {
    columns = inputs.toArray(new Column[0]);
    numbers = new double[columns.length][];
    integers = new long[columns.length][];
    texts = new StringColumn[columns.length];
    for (int i = 0; i < columns.length; i++) {
      switch (seen.get(i)) {
        case NUMBER, DOUBLE -> numbers[i] = columns[i].numbers();
        case INTEGER -> integers[i] = ((LongColumn) columns[i]).values();
        case TEXT -> texts[i] = columns[i].asText();
        case CELL -> {}
      }
    }
  }

  RowCells at(int next) {
    row = next;
    return this;
  }

  public boolean isNull(int input) {
    return columns[input].isNull(row);
  }

  /** The cell as a number; 0 where it is null. */
  public double number(int input) {
    return numbers[input][row];
  }

  /** The cell as an integer, a date as days since 1970-01-01; 0 where it is null. */
  public long integer(int input) {
    return integers[input][row];
  }

  /** The cell as text; null where it is null. */
  public String text(int input) {
    return texts[input].value(row);
  }
}
