package dev.almanac.transforms.dataset;

import dev.almanac.transforms.artifact.SideFile;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that is hashed as it is written and has its name only once it is whole. Not thread-safe.
 */
final class HashedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final StagedFile file;
  private final MessageDigest digest = Json.digest();
  private final OutputStream out;
  private long bytes;
  private boolean finished;

  HashedFile(String path, String attempt) throws IOException {
    this.file = StagedFile.of(path, attempt);
    this.out = new BufferedOutputStream(new Hashing(Storage.create(file.writing())), BUFFER);
  }

  /** What is written here goes into the file; not to be closed. */
  OutputStream out() {
    return out;
  }

  private final class Hashing extends FilterOutputStream {
    Hashing(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      digest.update(source, offset, length);
      bytes += length;
      out.write(source, offset, length);
    }
  }

  /**
   * Completes the file and gives it its name.
   *
   * @param path the one that a dataset knows it by
   */
  SideFile finish(String path) throws IOException {
    out.close();
    finished = true;
    file.finish();
    return new SideFile(path, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      out.close();
      file.discard();
    }
  }
}
