package dev.almanac.pipelines.track;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.training.run.Run;
import dev.almanac.training.track.Tracker;
import dev.almanac.training.track.Tracking;
import dev.almanac.training.track.tensorboard.TensorBoardTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The trackers that a config names.
 *
 * @param note is told, once a tracker, that it is down
 */
public record Trackers(AlmanacConfig config, Consumer<String> note) {
  /** Begins to track the runs of a training; closed, they have been shown. */
  public Tracking begin() {
    return new Tracking(all(), note);
  }

  /** Shows runs that are not under way and have other records or files now. */
  public void changed(List<Run> runs) {
    try (Tracking tracking = begin()) {
      runs.forEach(tracking::changed);
    }
  }

  private List<Tracker> all() {
    List<Tracker> trackers = new ArrayList<>();
    if (config.track().tensorboard()) {
      trackers.add(new TensorBoardTracker());
    }
    return trackers;
  }
}
