package dev.almanac.transforms.feature.lift;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.Validity;
import java.io.Serializable;
import java.util.List;

/**
 * A function of any number of cells of a row, each of any type.
 *
 * <pre>{@code
 * OfCells.integer(
 *     List.of(Seen.INTEGER, Seen.INTEGER, Seen.TEXT),
 *     cells -> cells.text(2).equals("F") ? cells.integer(0) : cells.integer(1))
 * }</pre>
 */
public final class OfCells implements CellFunction {
  private static final long serialVersionUID = 1L;

  private final List<Seen> seen;
  private final ColumnType made;
  private final boolean callsForNulls;
  private final Result result;

  /** A number of a row's cells; what is not finite is null. */
  @FunctionalInterface
  public interface ToNumber extends Serializable {
    double apply(RowCells cells);
  }

  /** An object of a row's cells, or null. */
  @FunctionalInterface
  public interface To<T> extends Serializable {
    T apply(RowCells cells);
  }

  private interface Result extends Serializable {
    void append(RowCells cells, ColumnAppender results);
  }

  private OfCells(List<Seen> seen, ColumnType made, boolean callsForNulls, Result result) {
    this.seen = List.copyOf(seen);
    this.made = made;
    this.callsForNulls = callsForNulls;
    this.result = result;
  }

  /** A number out of cells that are seen so. */
  public static OfCells number(List<Seen> seen, ToNumber function) {
    return new OfCells(
        seen,
        ColumnType.DOUBLE,
        false,
        (cells, results) -> {
          double number = function.apply(cells);
          if (Double.isFinite(number)) {
            ((DoubleAppender) results).append(number);
          } else {
            results.appendNull();
          }
        });
  }

  /** An integer, or null, out of cells that are seen so. */
  public static OfCells integer(List<Seen> seen, To<Long> function) {
    return new OfCells(
        seen,
        ColumnType.LONG,
        false,
        (cells, results) -> {
          Long integer = function.apply(cells);
          if (integer == null) {
            results.appendNull();
          } else {
            ((LongAppender) results).append(integer);
          }
        });
  }

  /** Text, or null, out of cells that are seen so. */
  public static OfCells text(List<Seen> seen, To<String> function) {
    return new OfCells(
        seen,
        ColumnType.STRING,
        false,
        (cells, results) -> {
          String text = function.apply(cells);
          if (text == null) {
            results.appendNull();
          } else {
            ((StringAppender) results).append(text);
          }
        });
  }

  /** The same, called also for rows where cells are missing: it asks which. */
  public OfCells ofNullsToo() {
    return new OfCells(seen, made, true, result);
  }

  @Override
  public Seen sees(int input) {
    return seen.get(input);
  }

  @Override
  public ColumnType makes(List<ColumnType> inputs) {
    return made;
  }

  @Override
  public Column over(List<Column> inputs, ColumnType type) {
    int rows = inputs.get(0).rows();
    Validity there = Validity.all(rows);
    for (Column input : inputs) {
      there = callsForNulls ? there : there.and(input.validity());
    }
    RowCells cells = new RowCells(inputs, seen);
    ColumnAppender results = ColumnAppender.of(type);
    for (int row = 0; row < rows; row++) {
      if (there.isValid(row)) {
        result.append(cells.at(row), results);
      } else {
        results.appendNull();
      }
    }
    return results.build();
  }
}
