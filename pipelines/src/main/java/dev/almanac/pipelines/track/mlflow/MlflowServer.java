package dev.almanac.pipelines.track.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/**
 * A tracking server. Who asks is said as MLflow's own clients say it: by the environment's {@code
 * MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}, or {@code MLFLOW_TRACKING_TOKEN}.
 *
 * <p>By java.net.http, since MLflow's Java client brings 12 MB of libraries and hands artifacts to
 * a Python program. Thread-safe.
 */
final class MlflowServer {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  /** Of a file: a slow line still carries 100 MB in it. */
  private static final Duration UPLOAD = Duration.ofMinutes(10);

  /** Characters of an answer that is no JSON. */
  private static final int SHOWN = 200;

  private final String uri;
  private final String authorization;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * @param uri without a slash at its end
   * @param environment that says who asks
   */
  MlflowServer(String uri, Map<String, String> environment) {
    this.uri = uri;
    this.authorization = authorization(environment);
  }

  private static String authorization(Map<String, String> environment) {
    String user = environment.getOrDefault("MLFLOW_TRACKING_USERNAME", "");
    String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
    String token = environment.getOrDefault("MLFLOW_TRACKING_TOKEN", "");
    if (!user.isEmpty() && !password.isEmpty()) {
      byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(both);
    }
    return token.isEmpty() ? null : "Bearer " + token;
  }

  String uri() {
    return uri;
  }

  JsonNode get(String call, String key, String value) throws IOException, InterruptedException {
    String query = "?" + key + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    return send(call, request(api(call) + query).timeout(ANSWER).GET().build());
  }

  JsonNode post(String call, JsonNode body) throws IOException, InterruptedException {
    return send(
        call,
        request(api(call))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body)))
            .build());
  }

  /**
   * Gives it a file to keep.
   *
   * @param place below the root of artifacts, its names divided by slashes
   * @param file local or remote
   */
  void upload(String place, String file) throws IOException, InterruptedException {
    StringBuilder path = new StringBuilder(uri + "/api/2.0/mlflow-artifacts/artifacts");
    for (String name : place.split("/")) {
      path.append('/').append(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
    }
    long bytes = Storage.size(file);
    BodyPublisher body =
        bytes == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(file)), bytes);
    send(
        "mlflow-artifacts",
        request(path.toString())
            .timeout(UPLOAD)
            .header("Content-Type", "application/octet-stream")
            .PUT(body)
            .build());
  }

  private static InputStream open(String file) {
    try {
      return Storage.open(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String api(String call) {
    return uri + "/api/2.0/mlflow/" + call;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path));
    return authorization == null ? request : request.header("Authorization", authorization);
  }

  private JsonNode send(String call, HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ForeseenException(
          "Cannot show runs in MLflow at %s: no answer to %s (%s)"
              .formatted(uri, call, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
    JsonNode said = read(answer.body());
    if (answer.statusCode() / 100 != 2) {
      throw new MlflowException(
          uri,
          call,
          answer.statusCode(),
          said.path("error_code").asText(),
          said.path("message").asText());
    }
    return said;
  }

  private static JsonNode read(String body) {
    try {
      return body.isBlank() ? JsonNodeFactory.instance.objectNode() : Json.tree(body, "an answer");
    } catch (IOException noJson) {
      String shown = body.strip();
      return JsonNodeFactory.instance
          .objectNode()
          .put("message", shown.substring(0, Math.min(SHOWN, shown.length())));
    }
  }
}
