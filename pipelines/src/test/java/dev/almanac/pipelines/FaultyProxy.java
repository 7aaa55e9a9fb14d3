package dev.almanac.pipelines;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between a client and an HTTP server on loopback, as bad as a test wants it: requests
 * are refused, connections break, bodies are cut on the way there or back.
 *
 * <p>Every request has a connection of its own. Thread-safe.
 */
public final class FaultyProxy implements AutoCloseable {
  /** What happens to a request. */
  public enum Fault {
    NONE,
    /** The server is busy: 503 SlowDown, and the request never arrives. */
    REFUSED,
    /** The connection breaks before the request arrives. */
    RESET,
    /** Half of the request's body arrives. */
    CUT_REQUEST,
    /** The request is served; half of the answer comes back. */
    CUT_ANSWER,
    /** The request is served; the answer ends behind the first digit of its content's length. */
    CUT_LENGTH
  }

  /** Says what happens to a request, one at a time. */
  public interface Network {
    /**
     * @param request its first line, such as {@code GET /bucket/key HTTP/1.1}
     */
    Fault next(String request) throws IOException;

    /**
     * A share of the requests, 0 to 1, meets a fault; the seed and a request's number in the order
     * of arrival say which.
     */
    static Network faulty(double share, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return request ->
          random.nextDouble() < share
              ? Fault.values()[1 + random.nextInt(Fault.values().length - 1)]
              : Fault.NONE;
    }
  }

  private static final String SLOW_DOWN =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

  private final int upstream;
  private final Network network;
  private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

  /**
   * Starts on a free port.
   *
   * @param upstream the server's port on loopback
   */
  public FaultyProxy(int upstream, Network network) throws IOException {
    this.upstream = upstream;
    this.network = network;
    threads.execute(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many requests met each fault so far. */
  public synchronized Map<Fault, Integer> counts() {
    return new EnumMap<>(counts);
  }

  private synchronized Fault next(String request) throws IOException {
    Fault fault = network.next(request);
    counts.merge(fault, 1, Integer::sum);
    return fault;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      List<String> head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      Fault fault = next(head.get(0));
      boolean hasBody = length(head) > 0;
      if (fault == Fault.REFUSED) {
        readBody(head, client);
        client.getOutputStream().write(slowDown(head));
      } else if (fault == Fault.RESET || fault == Fault.CUT_REQUEST && !hasBody) {
        client.setSoLinger(true, 0);
      } else {
        pass(head, client, fault);
      }
    } catch (IOException gone) {
      // One of the two went away; the other one sees it.
    }
  }

  private void pass(List<String> head, Socket client, Fault fault) throws IOException {
    byte[] body = readBody(head, client);
    try (Socket there = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      OutputStream out = there.getOutputStream();
      List<String> sent = new ArrayList<>(head);
      sent.removeIf(line -> is(line, "connection") || is(line, "expect"));
      sent.add("Connection: close");
      out.write((String.join("\r\n", sent) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      if (fault == Fault.CUT_REQUEST) {
        out.write(body, 0, body.length / 2);
        out.flush();
        client.setSoLinger(true, 0);
        return;
      }
      out.write(body);
      out.flush();
      byte[] answer = there.getInputStream().readAllBytes();
      int size =
          switch (fault) {
            case CUT_ANSWER -> half(answer);
            case CUT_LENGTH -> firstDigitOfLength(answer);
            default -> answer.length;
          };
      client.getOutputStream().write(answer, 0, size);
      client.getOutputStream().flush();
    }
  }

  /** The head and half of the body; of an answer without a body, half of its head. */
  private static int half(byte[] answer) {
    int head = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
    return head == answer.length ? head / 2 : head + (answer.length - head) / 2;
  }

  private static int firstDigitOfLength(byte[] answer) {
    String text = new String(answer, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int name = text.indexOf("\r\ncontent-length: ");
    return name < 0 ? half(answer) : name + "\r\ncontent-length: ".length() + 1;
  }

  private static byte[] slowDown(List<String> head) {
    String body = head.get(0).startsWith("HEAD ") ? "" : SLOW_DOWN;
    return """
        HTTP/1.1 503 Slow Down\r
        Content-Type: application/xml\r
        Content-Length: %d\r
        Connection: close\r
        \r
        %s"""
        .formatted(body.length(), body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] readBody(List<String> head, Socket client) throws IOException {
    if (head.stream().anyMatch(line -> is(line, "expect"))) {
      client
          .getOutputStream()
          .write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }
    return client.getInputStream().readNBytes(length(head));
  }

  private static int length(List<String> head) {
    return head.stream()
        .filter(line -> is(line, "content-length"))
        .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  private static boolean is(String line, String name) {
    return line.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  /** The lines before the body; none when the client hung up. */
  private static List<String> head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int breaks = 0;
    while (breaks < 4) {
      int b = in.read();
      if (b < 0) {
        return List.of();
      }
      bytes.write(b);
      breaks = b == (breaks % 2 == 0 ? '\r' : '\n') ? breaks + 1 : b == '\r' ? 1 : 0;
    }
    return Arrays.asList(bytes.toString(StandardCharsets.ISO_8859_1).strip().split("\r\n"));
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
