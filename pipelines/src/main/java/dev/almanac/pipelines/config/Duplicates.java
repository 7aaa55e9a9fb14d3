package dev.almanac.pipelines.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is made of source files that hold the same content: {@code source.duplicates}. */
public enum Duplicates {
  /** All are read, and it is said. */
  WARN,
  /** An error. */
  REFUSE,
  /** The first by name is read. */
  SKIP;

  /** As the config has them. */
  static final List<String> WORDS =
      Arrays.stream(values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();

  /** The value of a word; the first where it is none. */
  static Duplicates of(String word) {
    return values()[Math.max(0, WORDS.indexOf(word))];
  }
}
