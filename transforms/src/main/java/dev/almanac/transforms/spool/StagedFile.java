package dev.almanac.transforms.spool;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * A file that gets its name only when it is complete.
 *
 * @param path the name that it will have
 * @param writing the name while it is written, which no other try at the same file has
 */
public record StagedFile(String path, String writing) {
  private static final String SUFFIX = ".writing";

  /**
   * @param attempt unique to this try
   */
  public static StagedFile of(String path, String attempt) {
    return new StagedFile(path, path + "." + attempt + SUFFIX);
  }

  /** Whether a path is that of a file still being written, or of one whose writer died. */
  public static boolean isUnfinished(String path) {
    return path.endsWith(SUFFIX);
  }

  /** Gives the file its name, in place of what an earlier try left there. */
  public void finish() throws IOException {
    Storage.rename(List.of(writing), List.of(path));
  }

  public void discard() throws IOException {
    Storage.delete(List.of(writing));
  }
}
