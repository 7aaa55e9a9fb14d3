package dev.almanac.training.run.find;

/** True, false, or unknown where a value is missing: Kleene's logic, which SQL has too. */
enum Truth {
  FALSE,
  UNKNOWN,
  TRUE;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth not() {
    return values()[2 - ordinal()];
  }

  Truth and(Truth other) {
    return ordinal() < other.ordinal() ? this : other;
  }

  Truth or(Truth other) {
    return ordinal() > other.ordinal() ? this : other;
  }
}
