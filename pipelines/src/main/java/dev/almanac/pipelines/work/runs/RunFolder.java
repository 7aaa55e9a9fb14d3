package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.training.machine.UserCache;
import dev.almanac.training.run.change.DeletedRuns;
import dev.almanac.training.run.index.IndexListener;
import dev.almanac.training.run.index.RunCatalog;
import java.nio.file.Path;

/**
 * A folder of runs, and where an index of it may be kept.
 *
 * @param path local or remote
 * @param cache a local folder for indexes; null for none, which takes longer and finds the same
 */
public record RunFolder(String path, Path cache) {
  /** With indexes in the cache folder of the user. */
  public static RunFolder of(String path) {
    return new RunFolder(path, UserCache.folder().orElse(null));
  }

  /** The folder of those of its runs that were deleted. */
  public RunFolder deleted() {
    return new RunFolder(new DeletedRuns(path).place(), cache);
  }

  RunCatalog catalog(Watch watch) {
    return new RunCatalog(
        path,
        cache,
        new IndexListener() {
          @Override
          public void note(String text) {
            watch.line(text);
          }

          @Override
          public void read(long done, long total) {
            watch.check();
            watch.step("reading runs", done, total, "runs", "");
          }
        });
  }
}
