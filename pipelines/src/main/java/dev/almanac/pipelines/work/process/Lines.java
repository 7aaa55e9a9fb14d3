package dev.almanac.pipelines.work.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Lines of a stream, read by a thread of their own, so that its end is seen at once. */
public final class Lines {
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final Runnable atEnd;

  /**
   * @param atEnd done on the reading thread when the stream has ended, however
   */
  public Lines(InputStream in, Runnable atEnd) {
    this.atEnd = atEnd;
    Thread reading = new Thread(() -> read(in), "lines");
    reading.setDaemon(true);
    reading.start();
  }

  private void read(InputStream in) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException closed) {
      // The same as the end.
    }
    end();
    atEnd.run();
  }

  /** Lets nobody wait for another line. */
  public void end() {
    lines.add(Optional.empty());
  }

  /** The next line, once it is there; empty at the end. */
  public Optional<String> next() throws InterruptedException {
    return lines.take();
  }
}
