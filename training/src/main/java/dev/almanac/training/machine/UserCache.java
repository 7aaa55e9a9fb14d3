package dev.almanac.training.machine;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where what can be made again is kept for a user between processes. */
public final class UserCache {
  /** Names another folder; {@code off} for none. */
  public static final String VARIABLE = "ALMANAC_CACHE";

  private UserCache() {}

  /** The folder, which need not be there yet; none when it is off or the user has no home. */
  public static Optional<Path> folder() {
    return folder(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", ""));
  }

  static Optional<Path> folder(Map<String, String> environment, String system, String home) {
    String own = environment.getOrDefault(VARIABLE, "");
    if (own.equals("off") || own.isEmpty() && home.isEmpty()) {
      return Optional.empty();
    }
    if (!own.isEmpty()) {
      return Optional.of(Path.of(own));
    }
    String os = system.toLowerCase(Locale.ROOT);
    if (os.startsWith("mac")) {
      return Optional.of(Path.of(home, "Library", "Caches", "almanac"));
    }
    if (os.startsWith("windows")) {
      return Optional.of(Path.of(environment.getOrDefault("LOCALAPPDATA", home), "almanac"));
    }
    String base = environment.getOrDefault("XDG_CACHE_HOME", "");
    return Optional.of(Path.of(base.startsWith("/") ? base : home + "/.cache", "almanac"));
  }
}
