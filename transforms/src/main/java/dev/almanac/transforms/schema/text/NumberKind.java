package dev.almanac.transforms.schema.text;

/** What a text says when it is read as a number. */
public enum NumberKind {
  /** An integer of 64 bits. */
  INTEGER,
  /** An integer that needs more than 64 bits, yet is finite as a binary64 number. */
  LARGE_INTEGER,
  /** A number with a decimal point or an exponent, finite as a binary64 number. */
  DECIMAL,
  /** A number beyond the range of binary64, such as {@code 1e999}. */
  OVERFLOW,
  /** {@code NaN}, {@code inf} or {@code Infinity}, in any case and with or without a sign. */
  NOT_FINITE,
  /** Anything else. */
  NONE;

  /** True for what a double column can hold. */
  public boolean isFiniteDouble() {
    return this == INTEGER || this == LARGE_INTEGER || this == DECIMAL;
  }
}
