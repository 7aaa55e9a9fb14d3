package dev.almanac.pipelines.work.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads a process's output so that it never waits for us, and keeps the end of it. */
final class Drain extends Thread {
  private final InputStream in;
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  /**
   * @param most bytes to keep, at least
   */
  Drain(InputStream in, int most, String name) {
    super(name);
    this.in = in;
    this.most = most;
    setDaemon(true);
    start();
  }

  @Override
  public void run() {
    byte[] buffer = new byte[8192];
    try (in) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException closed) {
      // The process was killed: what came before is all there is.
    }
  }

  /** The end of what was written, once all of it was. */
  String text() throws InterruptedException {
    join();
    synchronized (kept) {
      return kept.toString(StandardCharsets.UTF_8).strip();
    }
  }

  private void keep(byte[] bytes, int length) {
    synchronized (kept) {
      if (kept.size() > 2 * most) {
        byte[] end = kept.toByteArray();
        kept.reset();
        kept.write(end, end.length - most, most);
      }
      kept.write(bytes, 0, length);
    }
  }
}
