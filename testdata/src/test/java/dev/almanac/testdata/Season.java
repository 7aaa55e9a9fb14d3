package dev.almanac.testdata;

import java.time.LocalDate;
import java.util.List;

/**
 * The yearly wave that fits a temperature best, and what is left over: sums over whole years, for
 * which sine and cosine are orthogonal enough.
 */
record Season(double mean, double amplitude, double coldestDay, double[] residuals) {

  static Season of(List<LocalDate> dates, double[] values) {
    double mean = 0;
    double cosine = 0;
    double sine = 0;
    // Rounds of fitting each term to what the others leave: gaps make the terms overlap a little.
    for (int round = 0; round < 12; round++) {
      double[] sums = new double[5];
      for (int i = 0; i < values.length; i++) {
        if (!Double.isNaN(values[i])) {
          double angle = angle(dates.get(i));
          double rest = values[i] - mean - cosine * Math.cos(angle) - sine * Math.sin(angle);
          sums[0]++;
          sums[1] += rest;
          sums[2] += rest * Math.cos(angle);
          sums[3] += rest * Math.sin(angle);
        }
      }
      mean += sums[1] / sums[0];
      cosine += 2 * sums[2] / sums[0];
      sine += 2 * sums[3] / sums[0];
    }
    double[] residuals = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double angle = angle(dates.get(i));
      residuals[i] = values[i] - mean - cosine * Math.cos(angle) - sine * Math.sin(angle);
    }
    double warmest = Math.atan2(sine, cosine);
    double coldest = (warmest + Math.PI + 2 * Math.PI) % (2 * Math.PI) * 365.25 / (2 * Math.PI);
    return new Season(mean, Math.hypot(cosine, sine), coldest, residuals);
  }

  private static double angle(LocalDate date) {
    return 2 * Math.PI * date.getDayOfYear() / 365.25;
  }

  /** Of the pairs in which neither is NaN. */
  static double correlation(double[] left, int leftFrom, double[] right, int rightFrom, int count) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < count; i++) {
      double a = left[leftFrom + i];
      double b = right[rightFrom + i];
      if (!Double.isNaN(a + b)) {
        n++;
        x += a;
        y += b;
        xx += a * a;
        yy += b * b;
        xy += a * b;
      }
    }
    return (xy / n - x * y / n / n)
        / Math.sqrt((xx / n - x * x / n / n) * (yy / n - y * y / n / n));
  }
}
