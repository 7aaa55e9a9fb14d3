package dev.almanac.transforms.parquet;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file of {@link Storage}, in the form that parquet-java needs.
 *
 * @param path local or remote
 * @param length its size in bytes
 */
public record StorageInputFile(String path, long length) implements InputFile {
  /**
   * The file at a path.
   *
   * @throws IOException when there is none
   */
  public static StorageInputFile of(String path) throws IOException {
    return new StorageInputFile(path, Storage.size(path));
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new StorageInput(Storage.openSeekable(path));
  }

  /** The path: parquet-java names files so in its messages. */
  @Override
  public String toString() {
    return path;
  }
}
