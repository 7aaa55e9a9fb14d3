package dev.almanac.pipelines.config;

import java.util.Locale;

/** What is made of rows that are not like those of train: {@code predict.drift}. */
public enum DriftAction {
  /** It is told. */
  WARN,
  /** It ends the work without predictions. */
  REFUSE,
  /** Nobody looks. */
  OFF;

  /** The name in configs. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
