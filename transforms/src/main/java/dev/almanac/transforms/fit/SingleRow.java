package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.RefusedException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A batch of one row, out of Java's own values. */
final class SingleRow {
  private SingleRow() {}

  /** Cells that are not there are null; cells that the schema does not name are passed over. */
  static ColumnBatch of(TableSchema schema, Map<String, ?> cells) {
    List<Column> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      ColumnAppender appender = ColumnAppender.of(field.type());
      Object cell = cells.get(field.name());
      if (cell == null) {
        appender.appendNull();
      } else if (!append(appender, field, cell)) {
        throw new RefusedException(
            "Cannot encode a row: column '%s' must be %s (%s %s)"
                .formatted(field.name(), field.type(), cell.getClass().getSimpleName(), cell));
      }
      columns.add(appender.build());
    }
    return new ColumnBatch(schema, columns, 1);
  }

  private static boolean append(ColumnAppender appender, Field field, Object cell) {
    switch (field.type()) {
      case LONG -> {
        boolean integer =
            cell instanceof Long
                || cell instanceof Integer
                || cell instanceof Short
                || cell instanceof Byte;
        if (integer) {
          ((LongAppender) appender).append(((Number) cell).longValue());
        }
        return integer;
      }
      case DATE -> {
        if (cell instanceof LocalDate date) {
          ((LongAppender) appender).append(date.toEpochDay());
          return true;
        }
        return false;
      }
      case DOUBLE -> {
        if (cell instanceof Number number && Double.isFinite(number.doubleValue())) {
          ((DoubleAppender) appender).append(number.doubleValue());
          return true;
        }
        return false;
      }
      default -> {
        if (cell instanceof CharSequence text) {
          ((StringAppender) appender).append(text.toString());
          return true;
        }
        return false;
      }
    }
  }
}
