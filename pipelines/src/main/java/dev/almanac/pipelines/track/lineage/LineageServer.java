package dev.almanac.pipelines.track.lineage;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * A server that takes events by HTTP, such as Marquez. By java.net.http, since the library's own
 * transport brings two more clients and a meter.
 */
final class LineageServer implements LineageTarget {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** Where servers take events, as OpenLineage's clients have it. */
  private static final String ENDPOINT = "/api/v1/lineage";

  /** Characters of an answer. */
  private static final int SHOWN = 200;

  private final String uri;
  private final String apiKey;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();

  /**
   * @param uri of the server, or whole with the path that takes events
   * @param apiKey null for none
   */
  LineageServer(String uri, String apiKey) {
    String path = URI.create(uri).getRawPath();
    this.uri = path.isEmpty() || path.equals("/") ? uri.replaceAll("/+$", "") + ENDPOINT : uri;
    this.apiKey = apiKey;
  }

  @Override
  public String name() {
    return "OpenLineage at " + uri;
  }

  @Override
  public void send(String event) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri))
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(event));
    if (apiKey != null && !apiKey.isEmpty()) {
      request.header("Authorization", "Bearer " + apiKey);
    }
    HttpResponse<String> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new ForeseenException(
          "Cannot tell OpenLineage at %s of a run: no answer (%s)"
              .formatted(uri, e.getMessage() == null ? e : e.getMessage()),
          e);
    }
    int status = answer.statusCode();
    String said = answer.body().strip();
    String shown = said.substring(0, Math.min(SHOWN, said.length()));
    if (status == 400 || status == 413 || status == 422) {
      throw new LineageException(uri, status, shown);
    }
    if (status / 100 != 2) {
      throw new ForeseenException(
          "Cannot tell OpenLineage at %s of a run: it answered %s%s"
              .formatted(uri, status, shown.isEmpty() ? "" : " (" + shown + ")"));
    }
  }
}
