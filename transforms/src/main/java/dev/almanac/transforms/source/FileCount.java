package dev.almanac.transforms.source;

import java.io.Serializable;

/**
 * What reading a source file came to.
 *
 * @param path of the file
 * @param bytes its size as stored
 * @param read data rows, the header apart
 * @param rejected those of them that could not be read
 */
public record FileCount(String path, long bytes, long read, long rejected) implements Serializable {
  /** The rows that came out. */
  public long rows() {
    return read - rejected;
  }

  FileCount plus(FileCount other) {
    return new FileCount(path, bytes + other.bytes, read + other.read, rejected + other.rejected);
  }
}
