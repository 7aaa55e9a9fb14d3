package dev.almanac.transforms.column;

/**
 * A piece of work on any column, one case for each kind of array inside: the way to loop over
 * primitives of whatever type a {@link Column} is, see {@link Column#match}.
 */
public interface ColumnCases<T> {
  /** Integers or dates. */
  T longs(LongColumn column);

  T doubles(DoubleColumn column);

  T texts(StringColumn column);

  T floats(FloatColumn column);

  T ints(IntColumn column);
}
