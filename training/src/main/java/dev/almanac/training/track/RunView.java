package dev.almanac.training.track;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of a run at a moment.
 *
 * @param run with its record as it was last written
 * @param epochs that have ended, in their order
 * @param points in their order
 */
public record RunView(Run run, List<EpochRecord> epochs, List<Point> points) {
  public RunView {
    epochs = List.copyOf(epochs);
    points = List.copyOf(points);
  }

  /** Of a run on disk. */
  public static RunView of(Run run) throws IOException {
    return RunTrail.open(run).state();
  }

  /** Whether nobody trains it now. */
  public boolean isIdle() {
    return run.record().status() != RunStatus.RUNNING;
  }

  /** Whether nothing more will come of it by itself: a search may go on with one that it paused. */
  public boolean isSettled() {
    return isIdle() && run.record().status() != RunStatus.PAUSED;
  }

  /**
   * When each epoch ended, in milliseconds since 1970, by its number: where nobody kept it, as if
   * the run had gone on without a pause.
   */
  public Map<Integer, Long> epochEnds() {
    Map<Integer, Long> kept = new HashMap<>();
    points.stream().filter(Point::endsEpoch).forEach(end -> kept.put(end.epoch(), end.millis()));
    Map<Integer, Long> ends = new HashMap<>();
    long at = Instant.parse(run.record().created()).toEpochMilli();
    for (EpochRecord epoch : epochs) {
      at = kept.getOrDefault(epoch.epoch(), at + Math.round(1e3 * epoch.speed().seconds()));
      ends.put(epoch.epoch(), at);
    }
    return ends;
  }
}
