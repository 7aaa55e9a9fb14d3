package dev.almanac.training.metric;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The area under the receiver operating characteristic: the share of (positive, negative) pairs
 * that the score puts in order, a tie counting half. Exact; keeps 8 bytes a row.
 */
final class AreaUnderCurve {
  private double[] positives = new double[1024];
  private double[] negatives = new double[1024];
  private int positive;
  private int negative;

  void add(double score, boolean isPositive) {
    if (isPositive) {
      positives = roomFor(positives, positive);
      positives[positive++] = score;
    } else {
      negatives = roomFor(negatives, negative);
      negatives[negative++] = score;
    }
  }

  private static double[] roomFor(double[] scores, int count) {
    return count < scores.length ? scores : Arrays.copyOf(scores, count + (count >> 1));
  }

  /** Nothing unless there are both positives and negatives. */
  OptionalDouble value() {
    if (positive == 0 || negative == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(positives, 0, positive);
    Arrays.sort(negatives, 0, negative);
    // Twice the pairs in order plus the ties: whole, and below 2^63 for arrays of any length.
    long halves = 0;
    int below = 0;
    int notAbove = 0;
    for (int i = 0; i < positive; i++) {
      while (below < negative && negatives[below] < positives[i]) {
        below++;
      }
      while (notAbove < negative && negatives[notAbove] <= positives[i]) {
        notAbove++;
      }
      halves += (long) below + notAbove;
    }
    return OptionalDouble.of(halves / 2.0 / ((double) positive * negative));
  }
}
