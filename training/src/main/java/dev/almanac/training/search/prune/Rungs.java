package dev.almanac.training.search.prune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Epochs after which trials are compared: {@code min}, {@code min eta}, {@code min eta^2} ..
 *
 * @param eta at least 2
 */
record Rungs(int min, int eta) {
  /** The first rung above an epoch; a rung above any training when there is none. */
  int after(int epoch) {
    long rung = min;
    while (rung <= epoch) {
      rung *= eta;
    }
    return (int) Math.min(rung, Integer.MAX_VALUE);
  }

  /** The rungs up to an epoch, the highest first. */
  List<Integer> downFrom(int epoch) {
    List<Integer> rungs = new ArrayList<>();
    for (long rung = min; rung <= epoch; rung *= eta) {
      rungs.add((int) rung);
    }
    Collections.reverse(rungs);
    return rungs;
  }
}
