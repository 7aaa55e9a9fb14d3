package dev.almanac.training.search;

import java.util.List;

/**
 * One time that a study was begun or gone on with, as {@code study.json} keeps it.
 *
 * @param since when, as an ISO-8601 instant in UTC
 * @param trials that there were
 * @param changed what its question was changed in; none when in nothing
 * @param before the question that was asked until then; null when nothing changed
 */
record Asked(
    String since,
    int trials,
    int parallel,
    Budget budget,
    List<String> changed,
    StudyConfig before) {
  Asked {
    changed = changed == null ? List.of() : List.copyOf(changed);
  }
}
