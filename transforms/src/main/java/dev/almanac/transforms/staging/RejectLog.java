package dev.almanac.transforms.staging;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.spool.StagedFile;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Keeps rejected rows, a line of JSON each; the file exists only when there is one.
 *
 * <p>A file holds {@value #MOST_ROWS} rows, a few megabytes, whatever the source holds; the others
 * are counted in its last line, and by reason in the manifest. Not thread-safe.
 */
final class RejectLog implements AutoCloseable {
  static final int MOST_ROWS = 10_000;

  private final StagedFile file;
  private long rows;
  private OutputStream out;

  /** The last line of a file that is full. */
  private record NotKept(long rowsNotKept) {}

  private boolean finished;

  RejectLog(String path, String attempt) {
    this.file = StagedFile.of(path, attempt);
  }

  void add(Reject reject) {
    if (++rows > MOST_ROWS) {
      return;
    }
    try {
      if (out == null) {
        out = new BufferedOutputStream(Storage.create(file.writing()));
      }
      write(Json.line(reject));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a rejected row in %s".formatted(file.path()), e);
    }
  }

  private void write(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Gives the file its name. */
  void finish() throws IOException {
    if (out != null) {
      if (rows > MOST_ROWS) {
        write(Json.line(new NotKept(rows - MOST_ROWS)));
      }
      out.close();
      file.finish();
    }
    finished = true;
  }

  /** Copies a file of rejects whose lines were counted from another line of the same source. */
  static void copy(String from, String to, long linesBefore) throws IOException {
    StagedFile staged = StagedFile.of(to, Staging.attempt());
    Storage.write(
        staged.writing(),
        out -> {
          try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(Storage.open(from), StandardCharsets.UTF_8))) {
            long copied = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              boolean isReject = copied++ < MOST_ROWS;
              String moved =
                  isReject
                      ? Json.line(Json.read(line, Reject.class, from).after(linesBefore))
                      : line;
              out.write((moved + "\n").getBytes(StandardCharsets.UTF_8));
            }
          }
        });
    staged.finish();
  }

  @Override
  public void close() throws IOException {
    if (!finished && out != null) {
      out.close();
      file.discard();
    }
  }
}
