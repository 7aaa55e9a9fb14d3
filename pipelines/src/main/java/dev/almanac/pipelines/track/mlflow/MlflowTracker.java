package dev.almanac.pipelines.track.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunCode;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.track.Hyperparameters;
import dev.almanac.training.track.Point;
import dev.almanac.training.track.RunView;
import dev.almanac.training.track.Tracker;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Shows runs on a tracking server: one run for each, in the experiment of the config's name, those
 * of a search below the run of their study.
 */
public final class MlflowTracker implements Tracker {
  /** Characters of a dataset's digest. */
  private static final int DIGEST = 36;

  /** How often the place is kept while a run is under way, where each write is a request. */
  private static final long KEEP_NANOS = 10_000_000_000L;

  private final MlflowServer server;
  private final String studies;
  private String runId;
  private MlflowRun at;
  private long kept;

  /**
   * @param uri of the server
   * @param studies the folder of studies
   * @param environment that says who asks
   */
  public MlflowTracker(String uri, String studies, Map<String, String> environment) {
    this.server = new MlflowServer(uri, environment);
    this.studies = studies;
  }

  @Override
  public String name() {
    return "MLflow at " + server.uri();
  }

  @Override
  public String key() {
    return "mlflow";
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void show(RunView view) throws IOException, InterruptedException {
    RunRecord record = view.run().record();
    if (!record.runId().equals(runId)) {
      runId = null;
      at = open(view.run());
      runId = record.runId();
    }
    int before = at.sent().progress().epochs();
    if (!view.isIdle()) {
      at.status("RUNNING", null);
    }
    if (!at.sent().begun()) {
      begin(record);
    }
    if (record.trial() != null && at.sent().parent() == null) {
      Optional<Sent> parent = parent(record.trial().study());
      if (parent.isPresent()) {
        at.parent(parent.get().place().run());
      }
    }
    at.tags(tags(record));
    points(view);
    epochs(view);
    if (view.isIdle()) {
      end(view);
    }
    long now = System.nanoTime();
    if (view.isIdle() || at.sent().progress().epochs() != before || now - kept > KEEP_NANOS) {
      at.keep();
      kept = now;
    }
  }

  /** What was sent of a study, or of the one that it lies below, as that of its best does. */
  private Optional<Sent> parent(String study) throws IOException {
    Optional<Sent> found =
        MlflowRun.read(Storage.resolve(studies, study))
            .filter(is -> is.place().server().equals(server.uri()));
    int below = study.lastIndexOf('/');
    return found.isPresent() || below < 0 ? found : parent(study.substring(0, below));
  }

  private MlflowRun open(Run run) throws IOException, InterruptedException {
    RunRecord record = run.record();
    return MlflowRun.of(
        server,
        run.folder(),
        experiment(record),
        record.runId(),
        Map.entry("almanac.run-id", record.runId()),
        Instant.parse(record.created()).toEpochMilli());
  }

  static String experiment(RunRecord record) {
    return record.config() == null
        ? record.dataset().name()
        : record.config().path("name").asText(record.dataset().name());
  }

  private void begin(RunRecord record) throws IOException, InterruptedException {
    Map<String, String> params = new TreeMap<>();
    Hyperparameters.of(record).values().forEach((path, value) -> params.put(path, value.asText()));
    params.put("model.parameters", String.valueOf(record.parameters()));
    at.params(params);
    at.input(dataset(record), "training");
    at.sayCut();
    at.begun();
    at.keep();
  }

  private static ObjectNode dataset(RunRecord record) {
    ObjectNode dataset = JsonNodeFactory.instance.objectNode();
    String hash = record.dataset().hash();
    dataset.put("name", record.dataset().name());
    dataset.put("digest", hash.substring(0, Math.min(DIGEST, hash.length())));
    dataset.put("source_type", record.dataset().path().startsWith("s3://") ? "s3" : "local");
    ObjectNode source = JsonNodeFactory.instance.objectNode().put("uri", record.dataset().path());
    dataset.put("source", Json.line(source));
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode columns = schema.putArray("mlflow_colspec");
    DatasetColumns has = record.columns();
    has.numeric().forEach(name -> columns.add(column(name, "float")));
    has.nominal().forEach(category -> columns.add(column(category.name(), "integer")));
    if (has.label() != null) {
      columns.add(column(has.label().column(), "float"));
    }
    // The server takes no more; a table this wide is known by its digest.
    String text = Json.line(schema);
    if (text.length() < 60_000) {
      dataset.put("schema", text);
    }
    return dataset;
  }

  private static ObjectNode column(String name, String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("name", name)
        .put("required", true);
  }

  private static Map<String, String> tags(RunRecord record) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("almanac.state", record.status().text());
    put(tags, "almanac.reason", record.reason());
    tags.put("almanac.dataset", record.dataset().path());
    tags.put("almanac.dataset-hash", record.dataset().hash());
    tags.put("almanac.device", record.device());
    put(tags, "almanac.version", record.versions().almanac());
    RunCode code = record.code();
    if (code != null) {
      put(tags, "almanac.git-commit", code.almanac() == null ? null : code.almanac().commit());
      put(tags, "mlflow.source.git.commit", code.config() == null ? null : code.config().commit());
    }
    tags.put("mlflow.source.name", "almanac train");
    tags.put("mlflow.source.type", "JOB");
    put(tags, "mlflow.user", System.getProperty("user.name"));
    if (record.group() != null) {
      tags.put("almanac.group", record.group().id());
    }
    if (record.trial() != null) {
      tags.put("almanac.study", record.trial().study());
      tags.put("almanac.trial", String.valueOf(record.trial().number()));
    }
    return tags;
  }

  private static void put(Map<String, String> tags, String name, String value) {
    if (value != null && !value.isEmpty()) {
      tags.put(name, value);
    }
  }

  private void points(RunView view) throws IOException, InterruptedException {
    List<Metric> metrics = new ArrayList<>();
    long last = at.sent().progress().step();
    for (Point point : view.points()) {
      if (point.step() > at.sent().progress().step()) {
        long millis = point.millis();
        metrics.add(new Metric("step/train-loss", point.trainLoss(), millis, point.step()));
        metrics.add(
            new Metric("step/rows-per-second", point.rowsPerSecond(), millis, point.step()));
        last = point.step();
      }
    }
    at.metrics(metrics);
    at.progress(at.sent().progress().step(last));
  }

  private void epochs(RunView view) throws IOException, InterruptedException {
    Map<Integer, Long> ends = view.epochEnds();
    List<Metric> metrics = new ArrayList<>();
    int last = at.sent().progress().epochs();
    for (EpochRecord epoch : view.epochs()) {
      if (epoch.epoch() > at.sent().progress().epochs()) {
        long millis = ends.get(epoch.epoch());
        int step = epoch.epoch();
        metrics.add(new Metric("train.loss", epoch.trainLoss(), millis, step));
        if (epoch.validationLoss() != null) {
          metrics.add(new Metric("validation.loss", epoch.validationLoss(), millis, step));
        }
        epoch
            .validation()
            .forEach(
                (name, value) ->
                    metrics.add(new Metric("validation." + name, value, millis, step)));
        metrics.add(new Metric("learning-rate", epoch.learningRate(), millis, step));
        metrics.add(new Metric("rows-per-second", epoch.speed().rowsPerSecond(), millis, step));
        last = step;
      }
    }
    at.metrics(metrics);
    at.progress(at.sent().progress().epochs(last));
  }

  private void end(RunView view) throws IOException, InterruptedException {
    RunRecord record = view.run().record();
    long ended =
        record.finished() == null
            ? System.currentTimeMillis()
            : Instant.parse(record.finished()).toEpochMilli();
    if (record.status().hasModel()) {
      best(record, ended);
    }
    files(view.run());
    at.sayCut();
    at.status(status(record.status()), ended);
  }

  /** Of the model that was kept, which is not that of the last epoch. */
  private void best(RunRecord record, long millis) throws IOException, InterruptedException {
    int epoch = record.result() == null ? 0 : record.result().bestEpoch();
    List<Metric> metrics = new ArrayList<>();
    if (record.result() != null) {
      metrics.add(new Metric("best.epoch", epoch, millis, epoch));
    }
    record
        .metrics()
        .forEach(
            (split, values) ->
                values.forEach(
                    (name, value) -> {
                      String of = split.equals("test") ? "test." : "best." + split + ".";
                      metrics.add(new Metric(of + name, value, millis, epoch));
                    }));
    at.metrics(metrics);
  }

  /** All that the run's folder keeps, but for predictions and checkpoints. */
  private void files(Run run) throws IOException, InterruptedException {
    List<String> sent = new ArrayList<>();
    for (String name :
        List.of(
            RunRecord.FILE, Run.EPOCHS, Run.LOG, "report.html", "importance.json", "model.onnx")) {
      if (Storage.exists(run.path(name))) {
        sent.add(name);
      }
    }
    for (String folder : List.of(Run.MODEL, Run.TRANSFORM)) {
      Storage.pathsBelow(run.path(folder)).forEach(name -> sent.add(folder + "/" + name));
    }
    for (String name : sent) {
      StoredFile file = Storage.look(run.path(name));
      if (!at.file(name, "%s bytes of %s".formatted(file.bytes(), file.modified()))) {
        at.tags(
            Map.of(
                "almanac.not-kept",
                "the server keeps files at %s and takes none by HTTP; start it with --serve-artifacts"
                    .formatted(at.sent().place().artifacts())));
        return;
      }
    }
  }

  private static String status(RunStatus status) {
    return switch (status) {
      case RUNNING -> "RUNNING";
      case PAUSED -> "SCHEDULED";
      case FINISHED -> "FINISHED";
      case FAILED -> "FAILED";
      case STOPPED, PRUNED, CANCELLED, LOST -> "KILLED";
    };
  }
}
