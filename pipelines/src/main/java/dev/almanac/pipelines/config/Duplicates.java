package dev.almanac.pipelines.config;

import java.util.Locale;

/** What is made of source files that hold the same content: {@code source.duplicates}. */
public enum Duplicates {
  /** All are read, and it is said. */
  WARN,
  /** An error. */
  REFUSE,
  /** The first by name is read. */
  SKIP;

  /** The name in configs. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
