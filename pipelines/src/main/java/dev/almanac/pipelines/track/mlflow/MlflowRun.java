package dev.almanac.pipelines.track.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's run of a folder of ours, and how much was sent of it. What is sent is kept in the
 * folder when {@link #keep} is called.
 */
final class MlflowRun {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The most that a request may hold. */
  private static final int METRICS = 1000;

  private static final int PARAMS = 100;
  private static final int TAGS = 100;

  private final MlflowServer server;
  private final String folder;
  private final Cut cut = new Cut();
  private Sent sent;

  private MlflowRun(MlflowServer server, String folder, Sent sent) {
    this.server = server;
    this.folder = folder;
    this.sent = sent;
  }

  /**
   * The run of a folder, made when there is none.
   *
   * @param experiment its name
   * @param name of the run
   * @param id the tag and its value that no other run has
   * @param millis when it began
   */
  static MlflowRun of(
      MlflowServer server,
      String folder,
      String experiment,
      String name,
      Map.Entry<String, String> id,
      long millis)
      throws IOException, InterruptedException {
    Optional<Sent> before = read(folder).filter(is -> is.place().server().equals(server.uri()));
    if (before.isPresent()) {
      return new MlflowRun(server, folder, before.get());
    }
    String in = experiment(server, experiment);
    JsonNode run = found(server, in, id);
    if (run.isMissingNode()) {
      ObjectNode body = JSON.objectNode().put("experiment_id", in).put("run_name", name);
      body.put("start_time", millis).putArray("tags").add(tag(id.getKey(), id.getValue()));
      run = server.post("runs/create", body).path("run");
    }
    JsonNode info = run.path("info");
    MlflowRun made =
        new MlflowRun(
            server,
            folder,
            Sent.nothing(
                new Sent.Place(
                    server.uri(),
                    info.path("run_id").asText(),
                    info.path("artifact_uri").asText())));
    made.keep();
    return made;
  }

  /** What was sent of a folder; nothing when nothing was. */
  static Optional<Sent> read(String folder) throws IOException {
    String path = Storage.resolve(folder, Sent.FILE);
    return Storage.exists(path)
        ? Optional.of(Json.read(Storage.readText(path), Sent.class, path))
        : Optional.empty();
  }

  private static String experiment(MlflowServer server, String name)
      throws IOException, InterruptedException {
    try {
      return known(server, name);
    } catch (MlflowException e) {
      if (!e.isMissing()) {
        throw e;
      }
    }
    try {
      return server
          .post("experiments/create", JSON.objectNode().put("name", name))
          .path("experiment_id")
          .asText();
    } catch (MlflowException e) {
      if (!e.isThereAlready()) {
        throw e;
      }
      // Another process was a little earlier.
      return known(server, name);
    }
  }

  private static String known(MlflowServer server, String name)
      throws IOException, InterruptedException {
    return server
        .get("experiments/get-by-name", "experiment_name", name)
        .path("experiment")
        .path("experiment_id")
        .asText();
  }

  /** The run with this tag, made by a process that could not keep that; else a missing node. */
  private static JsonNode found(MlflowServer server, String in, Map.Entry<String, String> id)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.objectNode().put("max_results", 1);
    body.put("filter", "tags.`%s` = '%s'".formatted(id.getKey(), id.getValue().replace("'", "")));
    body.putArray("experiment_ids").add(in);
    return server.post("runs/search", body).path("runs").path(0);
  }

  Sent sent() {
    return sent;
  }

  String id() {
    return sent.place().run();
  }

  void progress(Sent.Progress further) {
    sent = sent.progress(further);
  }

  /** What does not change was sent. */
  void begun() {
    sent = sent.begin();
  }

  /** Makes it a child. */
  void parent(String of) throws IOException, InterruptedException {
    tags(Map.of("mlflow.parentRunId", of));
    sent = sent.parent(of);
  }

  void keep() throws IOException {
    Storage.writeText(Storage.resolve(folder, Sent.FILE), Json.pretty(sent));
  }

  /** Sends what a run was made from; the server refuses another value of the same name. */
  void params(Map<String, String> params) throws IOException, InterruptedException {
    List<ObjectNode> all = new ArrayList<>();
    params.forEach((name, value) -> all.add(tag(cut.key(name), cut.param(name, value))));
    send("params", all, PARAMS);
  }

  /** Sends those tags that are new, or another value than before. */
  void tags(Map<String, String> tags) throws IOException, InterruptedException {
    List<ObjectNode> all = new ArrayList<>();
    tags.forEach(
        (name, value) -> {
          if (!value.equals(sent.tags().get(name))) {
            all.add(tag(cut.key(name), cut.tag(name, value)));
          }
        });
    send("tags", all, TAGS);
    sent.tags().putAll(tags);
  }

  /** Says which names and values had to be cut. */
  void sayCut() throws IOException, InterruptedException {
    if (!cut.said().isEmpty()) {
      tags(Map.of("almanac.cut", cut.said()));
    }
  }

  void metrics(List<Metric> metrics) throws IOException, InterruptedException {
    send("metrics", metrics.stream().map(one -> one.json(cut.key(one.key()))).toList(), METRICS);
  }

  private void send(String what, List<ObjectNode> all, int most)
      throws IOException, InterruptedException {
    for (int from = 0; from < all.size(); from += most) {
      ObjectNode body = JSON.objectNode().put("run_id", id());
      ArrayNode batch = body.putArray(what);
      all.subList(from, Math.min(all.size(), from + most)).forEach(batch::add);
      server.post("runs/log-batch", body);
    }
  }

  private static ObjectNode tag(String key, String value) {
    return JSON.objectNode().put("key", key).put("value", value);
  }

  /**
   * Says what a run reads.
   *
   * @param context such as {@code training}
   */
  void input(ObjectNode dataset, String context) throws IOException, InterruptedException {
    ObjectNode body = JSON.objectNode().put("run_id", id());
    ObjectNode input = body.putArray("datasets").addObject();
    input.putArray("tags").add(tag("mlflow.data.context", context));
    input.set("dataset", dataset);
    server.post("runs/log-inputs", body);
  }

  /**
   * Sends the server another status, when it is one.
   *
   * @param ended when, in milliseconds since 1970; null while it goes on
   */
  void status(String status, Long ended) throws IOException, InterruptedException {
    if (status.equals(sent.progress().status())) {
      return;
    }
    ObjectNode body = JSON.objectNode().put("run_id", id()).put("status", status);
    if (ended != null) {
      body.put("end_time", ended);
    }
    server.post("runs/update", body);
    progress(sent.progress().status(status));
  }

  /**
   * Sends a file of the folder, when it is not what was sent before.
   *
   * @param path below the folder, and below the run's artifacts
   * @param is what tells its content from another
   * @return whether the server takes files
   */
  boolean file(String path, String is) throws IOException, InterruptedException {
    if (is.equals(sent.files().get(path))) {
      return true;
    }
    URI place = URI.create(sent.place().artifacts());
    if (!"mlflow-artifacts".equals(place.getScheme())) {
      return false;
    }
    String root = place.getPath().replaceAll("^/+|/+$", "");
    try {
      server.upload(root + "/" + path, Storage.resolve(folder, path));
    } catch (MlflowException refused) {
      if (!refused.isForGood()) {
        throw refused;
      }
      tags(Map.of("almanac.not-kept." + path.replace('/', '.'), refused.getMessage()));
    }
    sent.files().put(path, is);
    return true;
  }
}
