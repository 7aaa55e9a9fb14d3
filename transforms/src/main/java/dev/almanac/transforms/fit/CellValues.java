package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.schema.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What the texts of a column mean that train read as numbers or dates: read by the same rules, but
 * a text that train could not have held is no fault.
 *
 * @param column as train read it
 * @param format how its files are read
 */
record CellValues(SourceColumn column, CsvFormat format) {
  /** Integers up to here are exact in binary64. */
  private static final double LARGEST_EXACT = 0x1p53;

  /**
   * The categories of cells: the text that train would have made of the value ({@code 7}, {@code
   * 07} and {@code 7.0} are {@code 7} in a column of integers), or the text itself, trimmed, where
   * it is no such value. Where train had integers, {@code true} and {@code false} are 1 and 0, as
   * booleans of parquet are.
   */
  StringColumn categories(StringColumn cells) {
    return cells.mapped(
        cell -> {
          String text = cell.strip();
          return isNull(text) ? null : category(text);
        });
  }

  private String category(String text) {
    return switch (column.type()) {
      case LONG -> integer(text).map(value -> Long.toString(value)).orElse(truth(text));
      case DOUBLE -> number(text).map(value -> Double.toString(value)).orElse(text);
      case DATE -> day(text).map(value -> LocalDate.ofEpochDay(value).toString()).orElse(text);
      default -> text;
    };
  }

  private static String truth(String text) {
    return text.equalsIgnoreCase("true") ? "1" : text.equalsIgnoreCase("false") ? "0" : text;
  }

  /** A program's own value as a file would hold it; what is no number or date stays what it is. */
  Object text(Object cell) {
    if (cell instanceof Number number) {
      return number.toString();
    }
    return cell instanceof LocalDate date && column.type() == ColumnType.DATE
        ? column.dateForm().format(date.toEpochDay())
        : cell;
  }

  /**
   * The cells as values of a type.
   *
   * @param byValue whether a number may be written in any way; else its text must come back from
   *     it, zeros behind the point apart
   * @return nothing when a cell is no such value, or would lose something as one
   */
  Optional<Column> as(ColumnType type, boolean byValue, StringColumn cells) {
    if (type == ColumnType.STRING) {
      return Optional.of(cells);
    }
    Object[] byCode = new Object[cells.dictionary().size()];
    boolean[] missing = new boolean[byCode.length];
    ColumnAppender appender = ColumnAppender.of(type);
    for (int row = 0; row < cells.rows(); row++) {
      int code = cells.codes()[row];
      if (code < 0 || missing[code]) {
        appender.appendNull();
        continue;
      }
      if (byCode[code] == null) {
        String text = cells.dictionary().get(code).strip();
        if (isNull(text)) {
          missing[code] = true;
          appender.appendNull();
          continue;
        }
        Optional<?> value = value(type, byValue, text);
        if (value.isEmpty()) {
          return Optional.empty();
        }
        byCode[code] = value.get();
      }
      appender.appendValue(byCode[code]);
    }
    return Optional.of(appender.build());
  }

  private Optional<?> value(ColumnType type, boolean byValue, String text) {
    return switch (type) {
      case LONG -> integer(text).filter(value -> byValue || comesBack(Long.toString(value), text));
      case DOUBLE ->
          number(text)
              .filter(
                  value ->
                      (byValue || comesBack(Double.toString(value), text))
                          && (Math.abs(value) <= LARGEST_EXACT
                              || column.type() == ColumnType.DOUBLE));
      default -> day(text);
    };
  }

  /** Whether two texts differ in nothing but zeros behind a point that only zeros follow. */
  private boolean comesBack(String written, String text) {
    return whole(written, '.').replace('.', format.decimal()).equals(whole(text, format.decimal()));
  }

  private static String whole(String text, char decimal) {
    int point = text.indexOf(decimal);
    if (point <= 0) {
      return text;
    }
    for (int at = point + 1; at < text.length(); at++) {
      if (text.charAt(at) != '0') {
        return text;
      }
    }
    return text.substring(0, point);
  }

  /** Whether a text is a number that means missing, however it is written. */
  private boolean isNull(String text) {
    if (column.type() == ColumnType.DATE) {
      return false;
    }
    Optional<Double> value = Optional.empty();
    for (String missing : format.nulls(column.source())) {
      Optional<Double> number = number(missing);
      if (number.isPresent()) {
        value = value.isPresent() ? value : number(text);
        if (value.equals(number)) {
          return true;
        }
      }
    }
    return false;
  }

  private Optional<Long> integer(String text) {
    byte[] bytes = bytes(text);
    long value = format.numbers().parseLong(bytes, 0, bytes.length);
    if (value != NumberText.NO_LONG) {
      return Optional.of(value);
    }
    return number(text)
        .filter(number -> number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT)
        .map(Double::longValue);
  }

  private Optional<Double> number(String text) {
    byte[] bytes = bytes(text);
    double value = format.numbers().parseDouble(bytes, 0, bytes.length);
    return Double.isFinite(value) ? Optional.of(value + 0.0) : Optional.empty();
  }

  private Optional<Long> day(String text) {
    byte[] bytes = bytes(text);
    long day = column.dateForm().parse(bytes, 0, bytes.length);
    return day == DateForm.NO_DATE ? Optional.empty() : Optional.of(day);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
