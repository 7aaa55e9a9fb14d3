package dev.almanac.transforms.column;

/** A piece of work on columns of numbers as they come from a source; the others are one case. */
public interface NumberCases<T> extends ColumnCases<T> {
  /** A column of text, or an encoded one. */
  T none(Column column);

  @Override
  default T texts(StringColumn column) {
    return none(column);
  }

  @Override
  default T floats(FloatColumn column) {
    return none(column);
  }

  @Override
  default T ints(IntColumn column) {
    return none(column);
  }
}
