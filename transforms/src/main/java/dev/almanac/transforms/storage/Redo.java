package dev.almanac.transforms.storage;

import java.io.IOException;

/**
 * Starts work again when the remote file that it writes fails before its end.
 *
 * <p>The bytes that went into a broken upload are gone, so only the work that made them can make
 * them again. Not every engine repeats failed work, and those that do give up the job after a few
 * times.
 */
public final class Redo {
  private Redo() {}

  /** Work whose second try ends in the same place as its first. */
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * The result of the work.
   *
   * @throws IOException as the work does; of a file that cannot be written, when that has failed
   *     too often
   */
  public static <T> T whileUploadsFail(Work<T> work) throws IOException {
    Tries tries = null;
    while (true) {
      try {
        return work.run();
      } catch (IOException | RuntimeException e) {
        UploadException failed = upload(e);
        if (failed == null) {
          throw e;
        }
        if (tries == null) {
          tries = new Tries("write what could not be written before");
        }
        tries.failed(failed);
      }
    }
  }

  private static UploadException upload(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof StorageException) {
        // Somebody below has tried for long.
        return null;
      }
      if (at instanceof UploadException failed) {
        return failed;
      }
    }
    return null;
  }
}
