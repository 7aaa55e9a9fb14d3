package dev.almanac.pipelines.track.lineage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A server that takes events where OpenLineage's clients send them, or refuses them. */
final class EventServer implements AutoCloseable {
  final List<String> events = Collections.synchronizedList(new ArrayList<>());
  final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  volatile int answer = 201;
  private final HttpServer server;

  EventServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void take(HttpExchange call) throws IOException {
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status =
        call.getRequestURI().getPath().equals("/api/v1/lineage")
                && call.getRequestMethod().equals("POST")
            ? answer
            : 404;
    if (status == 201) {
      events.add(body);
      keys.add(String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
    }
    call.sendResponseHeaders(status, -1);
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
