package dev.almanac.pipelines.track.mlflow;

import dev.almanac.pipelines.track.study.StudyTracker;
import dev.almanac.pipelines.track.study.StudyView;
import dev.almanac.training.run.Run;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows a study on a tracking server: the run above those of its trials. */
public final class MlflowStudy implements StudyTracker {
  private final MlflowServer server;
  private MlflowRun at;

  /**
   * @param uri of the server
   * @param environment that says who asks
   */
  public MlflowStudy(String uri, Map<String, String> environment) {
    this.server = new MlflowServer(uri, environment);
  }

  @Override
  public String name() {
    return "MLflow at " + server.uri();
  }

  @Override
  public void show(StudyView view) throws IOException, InterruptedException {
    if (at == null) {
      at =
          MlflowRun.of(
              server,
              view.folder(),
              view.experiment(),
              view.question().name(),
              Map.entry("almanac.study-folder", view.folder()),
              Instant.now().toEpochMilli());
    }
    if (!at.sent().begun()) {
      begin(view);
    }
    List<Trial> ended = view.trials().stream().filter(Trial::hasEnded).toList();
    metrics(view, ended);
    if (view.isOver()) {
      adopt(view);
      at.status(status(view.folder()), System.currentTimeMillis());
    } else {
      at.status("RUNNING", null);
    }
    at.keep();
  }

  private void begin(StudyView view) throws IOException, InterruptedException {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("search.sampler", view.question().sampler());
    params.put("search.seed", String.valueOf(view.question().seed()));
    params.put("search.metric", view.question().metric());
    params.put("search.goal", view.question().goal().text());
    params.put("search.space", Json.line(view.question().space()));
    at.params(params);
    at.tags(
        Map.of(
            "almanac.study", view.question().name(),
            "mlflow.source.name", "almanac search",
            "mlflow.source.type", "JOB"));
    at.sayCut();
    at.begun();
  }

  /** The best value so far, and each trial's own, by how many have ended. */
  private void metrics(StudyView view, List<Trial> ended) throws IOException, InterruptedException {
    List<Metric> metrics = new ArrayList<>();
    long now = System.currentTimeMillis();
    Double best = null;
    for (int i = 0; i < ended.size(); i++) {
      Trial trial = ended.get(i);
      boolean counts = trial.state() == Trial.State.FINISHED;
      if (counts
          && (best == null
              || view.question().goal().bestFirst().compare(trial.value(), best) < 0)) {
        best = trial.value();
      }
      if (i >= at.sent().progress().epochs()) {
        if (best != null) {
          metrics.add(new Metric("best." + view.question().metric(), best, now, i + 1));
        }
        if (counts) {
          metrics.add(new Metric("trial." + view.question().metric(), trial.value(), now, i + 1));
        }
        metrics.add(new Metric("trials", i + 1, now, i + 1));
      }
    }
    at.metrics(metrics);
    at.progress(at.sent().progress().epochs(ended.size()));
  }

  /** Runs that began when the server did not know the study yet are its children all the same. */
  private void adopt(StudyView view) throws IOException, InterruptedException {
    List<Trial> trials = new ArrayList<>(view.trials());
    if (StudyRecord.isThere(view.folder())) {
      StudyRecord.read(view.folder()).confirm().ifPresent(best -> trials.addAll(best.trials()));
    }
    for (Trial trial : trials) {
      String folder = Storage.resolve(view.runs(), String.valueOf(trial.runId()));
      Optional<Sent> child = sent(folder);
      if (child.isPresent() && child.get().parent() == null) {
        MlflowRun run = MlflowRun.of(server, folder, null, null, null, 0);
        run.parent(at.id());
        run.keep();
      }
    }
  }

  private Optional<Sent> sent(String folder) throws IOException {
    return MlflowRun.read(folder).filter(is -> is.place().server().equals(server.uri()));
  }

  /** That of a study on which nobody is at work. */
  private static String status(String folder) throws IOException {
    return !StudyRecord.isThere(folder) || StudyRecord.read(folder).ended() != null
        ? "FINISHED"
        : "KILLED";
  }

  /**
   * Shows a study on which nobody is at work, when the server has runs of its trials and knows
   * nothing of it, or not how it ended.
   *
   * @param runs the folder of runs
   */
  public void catchUp(StudyRecord study, String runs) throws IOException, InterruptedException {
    Optional<Sent> known = sent(study.folder());
    if (known.isPresent() && status(study.folder()).equals(known.get().progress().status())) {
      return;
    }
    for (Trial trial : study.trials()) {
      String folder = Storage.resolve(runs, String.valueOf(trial.runId()));
      if (sent(folder).isPresent()) {
        String experiment = MlflowTracker.experiment(Run.open(folder).record());
        at = null;
        show(
            new StudyView(
                study.folder(), runs, experiment, study.question(), null, study.trials(), true));
        return;
      }
    }
  }
}
