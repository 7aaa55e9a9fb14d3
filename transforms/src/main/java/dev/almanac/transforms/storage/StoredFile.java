package dev.almanac.transforms.storage;

import java.io.Serializable;

/**
 * A file, its size and its age.
 *
 * @param path as Beam's file systems spell it: a local path, or {@code s3://bucket/key}
 * @param bytes size in bytes, as stored (compressed files are not expanded)
 * @param modified when it was last written, in milliseconds since 1970; 0 where nothing says
 */
public record StoredFile(String path, long bytes, long modified) implements Serializable {
  /** The last part of the path. */
  public String name() {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
