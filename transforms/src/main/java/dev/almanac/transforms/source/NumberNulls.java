package dev.almanac.transforms.source;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.schema.text.NumberKind;
import dev.almanac.transforms.schema.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that mean a missing cell of a parquet file: those among the texts that mean so in
 * CSV, and NaN when one of them spells it. Infinities are not missing.
 */
record NumberNulls(List<Double> values, boolean nan) {
  static NumberNulls of(List<String> texts) {
    List<Double> values = new ArrayList<>();
    boolean nan = false;
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      NumberKind kind = NumberText.kind(bytes, 0, bytes.length);
      if (kind.isFiniteDouble()) {
        values.add(NumberText.parseDouble(bytes, 0, bytes.length));
      }
      nan |= text.equalsIgnoreCase("nan");
    }
    return new NumberNulls(List.copyOf(values), nan);
  }

  boolean isEmpty() {
    return values.isEmpty() && !nan;
  }

  boolean isNull(double value) {
    if (value != value) {
      return nan;
    }
    for (double listed : values) {
      if (value == listed) {
        return true;
      }
    }
    return false;
  }

  /** The column with nulls in place of such numbers. */
  Column in(Column cells, ColumnType type) {
    if (type == ColumnType.DOUBLE) {
      return in((DoubleColumn) cells);
    }
    return type == ColumnType.LONG && !values.isEmpty() ? in((LongColumn) cells) : cells;
  }

  private Column in(DoubleColumn cells) {
    double[] numbers = cells.values();
    DoubleAppender appender = null;
    for (int row = 0; row < numbers.length; row++) {
      if (appender == null && isNull(numbers[row])) {
        appender = new DoubleAppender();
        for (int before = 0; before < row; before++) {
          append(appender, cells, before);
        }
      }
      if (appender != null) {
        append(appender, cells, row);
      }
    }
    return appender == null ? cells : appender.build();
  }

  private void append(DoubleAppender appender, DoubleColumn cells, int row) {
    if (cells.isNull(row) || isNull(cells.values()[row])) {
      appender.appendNull();
    } else {
      appender.append(cells.values()[row]);
    }
  }

  private Column in(LongColumn cells) {
    LongAppender appender = new LongAppender(cells.type());
    for (int row = 0; row < cells.rows(); row++) {
      if (cells.isNull(row) || isNull(cells.values()[row])) {
        appender.appendNull();
      } else {
        appender.append(cells.values()[row]);
      }
    }
    return appender.build();
  }
}
