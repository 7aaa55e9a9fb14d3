package dev.almanac.pipelines.track;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.track.lineage.Lineage;
import dev.almanac.pipelines.track.lineage.LineageTracker;
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
import java.util.function.Consumer;

/**
 * The trackers that a config names.
 *
 * @param note is told, once a tracker, that it is down
 */
public record Trackers(AlmanacConfig config, Consumer<String> note) {
  /** Says who asks, as to OpenLineage's own clients. */
  private static final String LINEAGE_KEY = "OPENLINEAGE_API_KEY";

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

  /** What is told of work that is no run of a model. */
  public Lineage lineage() {
    return config.track().openlineage() == null
        ? Lineage.NONE
        : Lineage.of(
            config.track().openlineage(),
            System.getenv(LINEAGE_KEY),
            Storage.resolve(config.runs(), ".track", "openlineage-events"),
            note);
  }

  /**
   * Sends what could not be sent before, of runs and studies that are under way nowhere.
   *
   * @return how many runs and events were sent
   * @throws IOException when a tracker is down; the others were sent theirs
   */
  public int catchUp() throws IOException, InterruptedException {
    int sent = 0;
    IOException down = null;
    for (Tracker tracker : remote()) {
      try (CatchUp runs = CatchUp.begin(config.runs(), tracker)) {
        while (runs.left() > 0) {
          sent += runs.next() == null ? 0 : 1;
        }
      } catch (IOException e) {
        down = e;
      }
    }
    try {
      if (config.track().mlflow() != null) {
        studies(new MlflowStudy(config.track().mlflow(), System.getenv()));
      }
    } catch (IOException e) {
      down = e;
    }
    sent += lineage().flush();
    if (down != null) {
      throw down;
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

  /** Those that are out of this machine's hands. */
  private List<Tracker> remote() {
    List<Tracker> trackers = new ArrayList<>();
    if (config.track().mlflow() != null) {
      trackers.add(new MlflowTracker(config.track().mlflow(), config.studies(), System.getenv()));
    }
    if (config.track().openlineage() != null) {
      trackers.add(
          new LineageTracker(config.track().openlineage(), System.getenv(LINEAGE_KEY), note));
    }
    return trackers;
  }

  private List<Tracker> all() {
    List<Tracker> trackers = new ArrayList<>();
    if (config.track().tensorboard()) {
      trackers.add(new TensorBoardTracker());
    }
    trackers.addAll(remote());
    return trackers;
  }
}
