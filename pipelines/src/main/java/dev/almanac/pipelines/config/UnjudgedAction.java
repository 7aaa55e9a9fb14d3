package dev.almanac.pipelines.config;

import java.util.Locale;

/**
 * What is made, where drift is refused, of rows or a train split too few to judge: {@code
 * predict.unjudged}.
 */
public enum UnjudgedAction {
  /** They end the work without predictions. */
  REFUSE,
  /** They are predicted. */
  ALLOW;

  /** The name in configs. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
