package dev.almanac.pipelines.track;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.track.mlflow.MlflowStudy;
import dev.almanac.pipelines.track.mlflow.MlflowTracker;
import dev.almanac.pipelines.track.optuna.OptunaJournal;
import dev.almanac.pipelines.track.study.StudyTracker;
import dev.almanac.pipelines.track.study.StudyTracking;
import dev.almanac.pipelines.track.study.StudyView;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.run.Run;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.track.CatchUp;
import dev.almanac.training.track.Tracker;
import dev.almanac.training.track.Tracking;
import dev.almanac.training.track.tensorboard.TensorBoardTracker;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /**
   * Begins to track a study; closed, it has been shown.
   *
   * @param folder of the study
   */
  public StudyTracking begin(String folder, StudyConfig question) {
    List<StudyTracker> trackers = new ArrayList<>();
    if (config.track().optunaJournal()) {
      trackers.add(new OptunaJournal());
    }
    if (config.track().mlflow() != null) {
      trackers.add(new MlflowStudy(config.track().mlflow(), System.getenv()));
    }
    StudyView begun =
        new StudyView(
            folder,
            config.runs(),
            config.name(),
            question,
            config.search().space(),
            List.of(),
            false);
    return new StudyTracking(begun, trackers, note);
  }

  /** Shows runs that are not under way and have other records or files now. */
  public void changed(List<Run> runs) {
    try (Tracking tracking = begin()) {
      runs.forEach(tracking::changed);
    }
  }

  /**
   * Sends what could not be sent before, of runs and studies that are under way nowhere.
   *
   * @return how many runs were sent
   * @throws IOException when the tracker is down
   */
  public int catchUp() throws IOException, InterruptedException {
    int sent = 0;
    for (Tracker tracker : mlflow().stream().toList()) {
      try (CatchUp runs = CatchUp.begin(config.runs(), tracker)) {
        while (runs.left() > 0) {
          sent += runs.next() == null ? 0 : 1;
        }
      }
    }
    if (config.track().mlflow() != null) {
      studies(new MlflowStudy(config.track().mlflow(), System.getenv()));
    }
    return sent;
  }

  private void studies(MlflowStudy tracker) throws IOException, InterruptedException {
    for (String folder : StudyRecord.folders(config.studies())) {
      if (Lease.holder(folder).isPresent()) {
        continue;
      }
      StudyRecord study;
      try {
        study = StudyRecord.read(folder);
        study.question();
      } catch (IOException damaged) {
        note.accept(
            "study %s is not sent: %s".formatted(Storage.name(folder), damaged.getMessage()));
        continue;
      }
      tracker.catchUp(study, config.runs());
    }
  }

  /** The same, as far as trackers answer; that one does not is said. */
  public void tryCatchUp() throws InterruptedException {
    try {
      catchUp();
    } catch (IOException e) {
      note.accept("some runs are sent later: " + e.getMessage());
    }
  }

  private Optional<Tracker> mlflow() {
    String uri = config.track().mlflow();
    return uri == null
        ? Optional.empty()
        : Optional.of(new MlflowTracker(uri, config.studies(), System.getenv()));
  }

  private List<Tracker> all() {
    List<Tracker> trackers = new ArrayList<>();
    if (config.track().tensorboard()) {
      trackers.add(new TensorBoardTracker());
    }
    mlflow().ifPresent(trackers::add);
    return trackers;
  }
}
