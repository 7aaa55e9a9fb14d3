package dev.almanac.transforms.csv.stream;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a library expands, with errors that name the file: damage is one that was foreseen, a
 * failure to read the file itself passes as it is.
 */
final class ExpandedStream extends StretchStream {
  /** A library's way to expand a stream. */
  @FunctionalInterface
  interface Expander {
    InputStream expand(InputStream in) throws IOException;
  }

  private final Source source;
  private final String file;
  private final String kind;
  private InputStream expanded;

  private ExpandedStream(Source source, String file, String kind) {
    this.source = source;
    this.file = file;
    this.kind = kind;
  }

  static InputStream of(InputStream in, String file, String kind, Expander expander)
      throws IOException {
    Source source = new Source(in);
    ExpandedStream stream = new ExpandedStream(source, file, kind);
    try {
      stream.expanded = expander.expand(source);
    } catch (IOException | RuntimeException e) {
      throw stream.told(e);
    }
    return stream;
  }

  /** Remembers that the file itself could not be read. */
  private static final class Source extends StretchStream {
    private final InputStream in;
    private IOException failed;

    Source(InputStream in) {
      this.in = in;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        failed = e;
        throw e;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      int count;
      do {
        count = expanded.read(bytes, offset, length);
      } while (count == 0);
      return count;
    } catch (IOException | RuntimeException e) {
      throw told(e);
    }
  }

  private IOException told(Exception e) {
    if (source.failed != null) {
      return source.failed;
    }
    return e instanceof ForeseenException foreseen
        ? foreseen
        : new ForeseenException(
            "Cannot expand %s: the %s file is damaged or cut short (%s)"
                .formatted(file, kind, e.getMessage()),
            e);
  }

  @Override
  public void close() throws IOException {
    try {
      expanded.close();
    } finally {
      source.close();
    }
  }
}
