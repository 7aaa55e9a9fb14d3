package dev.almanac.pipelines.report.page;

import java.util.List;

/**
 * How a metric of a run's record is called and read.
 *
 * @param key in the record
 * @param meaning for a person who has not met it
 */
record MetricWords(String key, String title, String meaning, Better better) {
  private static final List<MetricWords> KNOWN =
      List.of(
          new MetricWords("mae", "MAE", "mean absolute error", Better.LOWER),
          new MetricWords("rmse", "RMSE", "root mean square error", Better.LOWER),
          new MetricWords("r2", "R²", "share of the variance explained", Better.HIGHER),
          new MetricWords("accuracy", "Accuracy", "share of rows classified right", Better.HIGHER),
          new MetricWords("auc", "AUC", "area under the ROC curve", Better.HIGHER),
          new MetricWords("log-loss", "Log loss", "mean surprise, in nats", Better.LOWER));

  /** Which way a metric improves. */
  enum Better {
    LOWER,
    HIGHER,
    UNKNOWN
  }

  static MetricWords of(String key) {
    return KNOWN.stream()
        .filter(words -> words.key.equals(key))
        .findFirst()
        .orElse(new MetricWords(key, key, "", Better.UNKNOWN));
  }

  boolean isShare() {
    return key.equals("accuracy");
  }

  String text(double value) {
    return isShare() ? Digits.share(value) : text(value, value);
  }

  /** With as many digits as suit another value of the same metric. */
  String text(double value, double typical) {
    return isShare() ? Digits.share(value) : Digits.of(typical).text(value);
  }

  /** How a value compares with another one, such as {@code 23.8% lower}. */
  String against(double value, double other) {
    return switch (better) {
      case LOWER -> other > 0 ? lower(value, other) : "";
      case HIGHER ->
          isShare()
              ? new Digits(1).signed(100 * (value - other)) + " points"
              : new Digits(3).signed(value - other);
      case UNKNOWN -> "";
    };
  }

  private static String lower(double value, double other) {
    double share = 1 - value / other;
    return share >= 0 ? Digits.share(share) + " lower" : Digits.share(-share) + " higher";
  }

  boolean isWorse(double value, double other) {
    return better == Better.LOWER ? value > other : better == Better.HIGHER && value < other;
  }
}
