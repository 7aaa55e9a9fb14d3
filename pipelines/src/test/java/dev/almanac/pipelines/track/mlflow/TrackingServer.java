package dev.almanac.pipelines.track.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tracking server in memory: it answers as MLflow 3.17 does, refuses batches that MLflow refuses
 * and params that change, and asks who it is.
 */
final class TrackingServer implements AutoCloseable {
  final Map<String, byte[]> artifacts = Collections.synchronizedMap(new TreeMap<>());
  final List<ObjectNode> runs = Collections.synchronizedList(new ArrayList<>());
  final List<String> refused = Collections.synchronizedList(new ArrayList<>());
  private final List<String> experiments = new ArrayList<>();
  private final HttpServer server;
  private final String authorization;

  TrackingServer(String authorization) throws IOException {
    this.authorization = authorization;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The only run that has a tag. */
  ObjectNode run(String tag, String value) {
    List<ObjectNode> found =
        runs.stream().filter(run -> run.path("tags").path(tag).asText().equals(value)).toList();
    if (found.size() != 1) {
      throw new AssertionError("runs with %s %s: %s".formatted(tag, value, found.size()));
    }
    return found.get(0);
  }

  private synchronized void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    byte[] body = call.getRequestBody().readAllBytes();
    String who = call.getRequestHeaders().getFirst("Authorization");
    if (authorization != null && !authorization.equals(who)) {
      reply(call, 401, "{\"error_code\": \"UNAUTHENTICATED\", \"message\": \"who are you\"}");
    } else if (path.startsWith("/api/2.0/mlflow-artifacts/artifacts/")) {
      artifacts.put(path.substring("/api/2.0/mlflow-artifacts/artifacts/".length()), body);
      reply(call, 200, "{}");
    } else {
      String what = path.substring("/api/2.0/mlflow/".length());
      JsonNode asked =
          body.length == 0
              ? JsonNodeFactory.instance.objectNode()
              : Json.tree(new String(body, StandardCharsets.UTF_8), what);
      String query = call.getRequestURI().getQuery();
      try {
        reply(call, 200, Json.line(done(what, asked, query)));
      } catch (IllegalArgumentException e) {
        String[] said = e.getMessage().split(": ", 2);
        if (!said[0].equals("RESOURCE_DOES_NOT_EXIST")) {
          refused.add(e.getMessage());
        }
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        reply(
            call,
            said[0].equals("RESOURCE_DOES_NOT_EXIST") ? 404 : 400,
            Json.line(error.put("error_code", said[0]).put("message", said[1])));
      }
    }
  }

  private static void reply(HttpExchange call, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    call.sendResponseHeaders(status, bytes.length);
    call.getResponseBody().write(bytes);
    call.close();
  }

  private ObjectNode done(String what, JsonNode asked, String query) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    switch (what) {
      case "experiments/get-by-name" -> {
        int at = experiments.indexOf(query.substring(query.indexOf('=') + 1));
        check(at >= 0, "RESOURCE_DOES_NOT_EXIST: no experiment " + query);
        answer.putObject("experiment").put("experiment_id", String.valueOf(at));
      }
      case "experiments/create" -> {
        experiments.add(asked.get("name").textValue());
        answer.put("experiment_id", String.valueOf(experiments.size() - 1));
      }
      case "runs/search" -> answer.putArray("runs");
      case "runs/create" -> answer.putObject("run").set("info", created(asked));
      case "runs/log-batch" -> logged(find(asked), asked);
      case "runs/log-inputs" -> find(asked).set("inputs", asked.get("datasets"));
      case "runs/update" -> {
        find(asked).put("status", asked.get("status").textValue());
        find(asked).set("end_time", asked.get("end_time"));
      }
      default -> throw new IllegalArgumentException("ENDPOINT_NOT_FOUND: " + what);
    }
    return answer;
  }

  private ObjectNode created(JsonNode asked) {
    ObjectNode run = JsonNodeFactory.instance.objectNode().put("id", "r" + runs.size());
    run.put("name", asked.get("run_name").textValue());
    run.putObject("params");
    run.putObject("tags");
    run.putArray("metrics");
    runs.add(run);
    tags(run, asked);
    return JsonNodeFactory.instance
        .objectNode()
        .put("run_id", run.get("id").textValue())
        .put("artifact_uri", "mlflow-artifacts:/0/" + run.get("id").textValue() + "/artifacts");
  }

  private ObjectNode find(JsonNode asked) {
    return runs.get(Integer.parseInt(asked.get("run_id").textValue().substring(1)));
  }

  private static void logged(ObjectNode run, JsonNode asked) {
    check(asked.path("metrics").size() <= 1000, "INVALID_PARAMETER_VALUE: too many metrics");
    check(asked.path("params").size() <= 100, "INVALID_PARAMETER_VALUE: too many params");
    check(asked.path("tags").size() <= 100, "INVALID_PARAMETER_VALUE: too many tags");
    tags(run, asked);
    for (JsonNode param : asked.path("params")) {
      String key = param.get("key").textValue();
      String value = param.get("value").textValue();
      check(key.length() <= 250 && value.length() <= 6000, "INVALID_PARAMETER_VALUE: " + key);
      check(
          run.path("params").path(key).asText(value).equals(value),
          "INVALID_PARAMETER_VALUE: param changed: " + key);
      ((ObjectNode) run.get("params")).put(key, value);
    }
    for (JsonNode metric : asked.path("metrics")) {
      JsonNode value = metric.get("value");
      check(
          value.isNumber() || List.of("NaN", "Infinity", "-Infinity").contains(value.asText()),
          "INVALID_PARAMETER_VALUE: " + metric);
      check(
          metric.get("timestamp").isIntegralNumber() && metric.get("step").isIntegralNumber(),
          "INVALID_PARAMETER_VALUE: " + metric);
      run.withArray("metrics").add(metric);
    }
  }

  private static void tags(ObjectNode run, JsonNode asked) {
    for (JsonNode tag : asked.path("tags")) {
      check(tag.get("value").textValue().length() <= 8000, "INVALID_PARAMETER_VALUE: " + tag);
      ((ObjectNode) run.get("tags")).put(tag.get("key").textValue(), tag.get("value").textValue());
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
