package dev.almanac.training.search.prune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Places, in the study's resource, at which trials are compared: {@code min}, {@code min eta},
 * {@code min eta^2} ..
 *
 * @param eta at least 2
 */
record Rungs(int min, int eta) {
  /** The first rung above a place; a rung above any training when there is none. */
  int after(int place) {
    long rung = min;
    while (rung <= place) {
      rung *= eta;
    }
    return (int) Math.min(rung, Integer.MAX_VALUE);
  }

  /** The rungs up to a place, the highest first. */
  List<Integer> downFrom(int place) {
    List<Integer> rungs = new ArrayList<>();
    for (long rung = min; rung <= place; rung *= eta) {
      rungs.add((int) rung);
    }
    Collections.reverse(rungs);
    return rungs;
  }
}
