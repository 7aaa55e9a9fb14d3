package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.report.page.StudyView;
import java.time.Instant;

/**
 * A stretch of a trial's training, as {@code segments.jsonl} keeps it.
 *
 * @param worker from 0, the first that was free
 * @param since when it began, as an ISO-8601 instant in UTC
 * @param until when it ended, likewise
 * @param fromEpoch epochs that the trial had trained before; null when they are not counted
 * @param untilEpoch epochs that it had trained afterwards; likewise
 * @param fromRowGroups the same in row groups; null when training is counted in epochs
 * @param untilRowGroups likewise
 * @param state of the trial afterwards
 */
record TrialSegment(
    int trial,
    int worker,
    String since,
    String until,
    Integer fromEpoch,
    Integer untilEpoch,
    Integer fromRowGroups,
    Integer untilRowGroups,
    String state) {
  StudyView.Segment drawn() {
    return new StudyView.Segment(
        trial,
        worker,
        Instant.parse(since).toEpochMilli(),
        Instant.parse(until).toEpochMilli(),
        fromEpoch == null ? fromRowGroups : fromEpoch,
        untilEpoch == null ? untilRowGroups : untilEpoch,
        state);
  }
}
