package dev.almanac.transforms.storage;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes on their way to a local file; that a disk is full is told with the file. */
final class LocalOutput extends FilterOutputStream {
  /** Completes what is to be done. */
  private interface Step {
    void run() throws IOException;
  }

  private final String path;

  LocalOutput(String path, OutputStream out) {
    super(out);
    this.path = path;
  }

  private void named(Step step) throws IOException {
    try {
      step.run();
    } catch (IOException e) {
      throw new ForeseenException("Cannot write %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    named(() -> out.write(value));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    named(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    named(out::flush);
  }

  @Override
  public void close() throws IOException {
    named(out::close);
  }
}
