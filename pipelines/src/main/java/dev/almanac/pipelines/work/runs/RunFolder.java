package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.training.run.change.DeletedRuns;
import dev.almanac.training.run.index.IndexListener;
import dev.almanac.training.run.index.RunCatalog;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A folder of runs, and where an index of it may be kept.
 *
 * @param path local or remote
 * @param cache a local folder for indexes; null for none, which takes longer and finds the same
 */
public record RunFolder(String path, Path cache) {
  /** Names a folder for indexes; {@code off} for none. */
  public static final String VARIABLE = "ALMANAC_CACHE";

  /** With indexes in the cache folder of the user. */
  public static RunFolder of(String path) {
    return new RunFolder(path, cache(System.getenv(), System.getProperty("os.name", "")));
  }

  static Path cache(Map<String, String> environment, String system) {
    String own = environment.getOrDefault(VARIABLE, "");
    String home = System.getProperty("user.home", "");
    if (own.equals("off") || own.isEmpty() && home.isEmpty()) {
      return null;
    }
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String os = system.toLowerCase(Locale.ROOT);
    String fallback =
        os.startsWith("mac")
            ? home + "/Library/Caches"
            : os.startsWith("windows")
                ? environment.getOrDefault("LOCALAPPDATA", home)
                : home + "/.cache";
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    return Path.of(base.startsWith("/") ? base : fallback, "almanac");
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
