package dev.almanac.transforms.dataset;

import dev.almanac.transforms.csv.Reject;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps rejected rows, a line of JSON each; the file exists only when there is one. Not
 * thread-safe.
 */
public final class RejectLog implements AutoCloseable {
  private final StagedFile file;
  private OutputStream out;
  private boolean finished;

  public RejectLog(String path, String attempt) {
    this.file = StagedFile.of(path, attempt);
  }

  public void add(Reject reject) {
    try {
      if (out == null) {
        out = new BufferedOutputStream(Storage.create(file.writing()));
      }
      out.write((Json.line(reject) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a rejected row in %s".formatted(file.path()), e);
    }
  }

  /** Gives the file its name. */
  public void finish() throws IOException {
    if (out != null) {
      out.close();
      file.finish();
    }
    finished = true;
  }

  @Override
  public void close() throws IOException {
    if (!finished && out != null) {
      out.close();
      file.discard();
    }
  }
}
