package dev.almanac.benchmarks.prepare;

import java.util.Locale;

/** The order of rows in the train split; the other splits are always in the source's. */
enum Order {
  SOURCE,
  SHUFFLED;

  /** The word in configs and on command lines. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
