package dev.almanac.transforms.csv.scan;

import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SourceColumn;
import java.nio.charset.CharacterCodingException;

/** Text. Not thread-safe. */
final class TextCells extends CellReader {
  private final StringAppender values;
  private final boolean trim;

  TextCells(
      SourceColumn column, int position, NullTexts nulls, boolean trim, StringAppender values) {
    super(column, position, nulls, values);
    this.values = values;
    this.trim = trim;
  }

  @Override
  RejectReason append(byte[] bytes, int from, int to) {
    try {
      values.append(bytes, from, to - from);
      return null;
    } catch (CharacterCodingException e) {
      return RejectReason.INVALID_UTF8;
    }
  }

  @Override
  public RejectReason readValue(Object value) {
    throw wrongType(value);
  }

  @Override
  boolean blanksCount() {
    return !trim;
  }

  /** The appender remembers by itself. */
  @Override
  boolean repeats() {
    return false;
  }

  @Override
  void appendLast() {
    throw new IllegalStateException("Cannot append a text again: texts are found by the appender");
  }
}
