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
public final class RejectLog implements AutoCloseable {
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
      write(reject, out);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep a rejected row in %s".formatted(file.path()), e);
    }
  }

  private static void write(Object line, OutputStream out) throws IOException {
    out.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Gives the file its name. */
  void finish() throws IOException {
    if (out != null) {
      if (rows > MOST_ROWS) {
        write(new NotKept(rows - MOST_ROWS), out);
      }
      out.close();
      file.finish();
    }
    finished = true;
  }

  /** Takes rejected rows that were kept. */
  public interface Kept {
    void take(Reject reject) throws IOException;
  }

  /**
   * Reads a file of rejected rows back.
   *
   * @param place the file, for messages
   * @return how many rows were counted and not kept
   */
  public static long read(String path, String place, Kept kept) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Storage.open(path), StandardCharsets.UTF_8))) {
      long read = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (read++ == MOST_ROWS) {
          return Json.read(line, NotKept.class, place).rowsNotKept();
        }
        kept.take(Json.read(line, Reject.class, place));
      }
      return 0;
    }
  }

  /** Copies a file of rejects whose lines were counted from another line of the same source. */
  static void copy(String from, String to, long linesBefore) throws IOException {
    StagedFile staged = StagedFile.of(to, Staging.attempt());
    Storage.write(
        staged.writing(),
        out -> {
          long notKept = read(from, from, reject -> write(reject.after(linesBefore), out));
          if (notKept > 0) {
            write(new NotKept(notKept), out);
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
