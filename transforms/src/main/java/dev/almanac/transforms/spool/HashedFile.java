package dev.almanac.transforms.spool;

import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.storage.HashingOutput;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A file that is hashed while it is written and gets its name only when it is complete. Not
 * thread-safe.
 */
public final class HashedFile implements AutoCloseable {
  private final StagedFile file;
  private final HashingOutput out;
  private boolean finished;

  public HashedFile(String path, String attempt) throws IOException {
    this.file = StagedFile.of(path, attempt);
    this.out = new HashingOutput(Storage.create(file.writing()));
  }

  /** What is written here goes into the file; not to be closed. */
  public OutputStream out() {
    return out;
  }

  /**
   * Completes the file and gives it its name.
   *
   * @param path the one that a dataset knows it by
   */
  public SideFile finish(String path) throws IOException {
    String sha256 = out.sha256();
    out.close();
    finished = true;
    file.finish();
    return new SideFile(path, out.bytes(), sha256);
  }

  @Override
  public void close() throws IOException {
    if (!finished) {
      out.close();
      file.discard();
    }
  }
}
