package dev.almanac.training.track;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been heard of a run so far; its points are kept in {@value #FILE} of its folder, at most
 * {@value #MOST} of them: beyond that every other one goes, and new ones come half as often.
 * Thread-safe.
 */
final class RunTrail {
  /** A file of the run's folder. */
  static final String FILE = "track/points.jsonl";

  static final int MOST = 2048;

  private final List<EpochRecord> epochs;
  private final List<Point> points;
  private Run run;
  private int every = 1;
  private int heard;
  private long changes;

  private RunTrail(Run run, List<EpochRecord> epochs, List<Point> points) {
    this.run = run;
    this.epochs = new ArrayList<>(epochs);
    this.points = new ArrayList<>(points);
  }

  /** With what an earlier process has left. */
  static RunTrail open(Run run) throws IOException {
    String path = run.path(FILE);
    List<Point> points =
        Storage.exists(path)
            ? JsonLines.of(Storage.readText(path), Point.class, path).values()
            : List.of();
    return new RunTrail(run, run.epochLines().values(), points);
  }

  synchronized void step(ProgressListener.Progress now, long millis) {
    long step = (now.epoch() - 1L) * now.steps() + now.step();
    if (heard++ % every == 0) {
      add(new Point(now.epoch(), step, millis, false, now.trainLoss(), now.rowsPerSecond()));
    }
  }

  synchronized void epoch(EpochRecord epoch, long millis) {
    // A run that goes on from a checkpoint may come to an epoch again.
    epochs.removeIf(before -> before.epoch() >= epoch.epoch());
    epochs.add(epoch);
    add(
        new Point(
            epoch.epoch(),
            epoch.epoch() * epoch.steps(),
            millis,
            true,
            epoch.trainLoss(),
            epoch.speed().rowsPerSecond()));
  }

  private void add(Point point) {
    while (!points.isEmpty() && points.get(points.size() - 1).step() >= point.step()) {
      points.remove(points.size() - 1);
    }
    points.add(point);
    changes++;
    if (points.size() > MOST) {
      thin();
    }
  }

  private void thin() {
    boolean keepsEnds = points.stream().filter(Point::endsEpoch).count() < MOST / 2;
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      if (i % 2 == 0 || keepsEnds && points.get(i).endsEpoch()) {
        kept.add(points.get(i));
      }
    }
    points.clear();
    points.addAll(kept);
    every = Math.min(2 * every, 1 << 20);
  }

  /** The run has another record now. */
  synchronized void run(Run changed) {
    run = changed;
    changes++;
  }

  /** Grows with all that is heard. */
  synchronized long changes() {
    return changes;
  }

  synchronized RunView state() {
    return new RunView(run, epochs, points);
  }

  /** Writes the points into the run's folder. */
  void keep() throws IOException {
    RunView now = state();
    StringBuilder text = new StringBuilder();
    for (Point point : now.points()) {
      text.append(Json.line(point)).append('\n');
    }
    Storage.writeText(now.run().path(FILE), text.toString());
  }
}
