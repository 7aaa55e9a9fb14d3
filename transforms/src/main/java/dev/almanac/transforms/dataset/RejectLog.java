package dev.almanac.transforms.dataset;

import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Keeps rejected rows, a line of JSON each; the file exists only when there is one. Not
 * thread-safe.
 */
public final class RejectLog implements AutoCloseable {
  private final String path;
  private final String staged;
  private OutputStream out;
  private boolean finished;

  public RejectLog(String path, String attempt) {
    this.path = path;
    this.staged = path + "." + attempt + ".writing";
  }

  public void add(Reject reject) {
    try {
      if (out == null) {
        out = new BufferedOutputStream(Storage.create(staged));
      }
      out.write((Json.line(reject) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a rejected row in %s".formatted(path), e);
    }
  }

  /** Gives the file its name. */
  public void finish() throws IOException {
    if (out != null) {
      out.close();
      Storage.rename(List.of(staged), List.of(path));
    }
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (!finished && out != null) {
      out.close();
      Storage.delete(List.of(staged));
    }
  }
}
