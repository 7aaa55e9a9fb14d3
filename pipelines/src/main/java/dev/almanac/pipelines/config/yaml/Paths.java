package dev.almanac.pipelines.config.yaml;

import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.Storage;
import java.io.File;

/** Resolves the paths of a config against the folder it lies in. */
public final class Paths {
  private final String folder;

  private Paths(String folder) {
    this.folder = folder;
  }

  /** The paths of this config file, which may itself lie on an object store. */
  public static Paths of(String file) {
    if (isRemote(file)) {
      return new Paths(file.substring(0, file.lastIndexOf('/') + 1));
    }
    String full = slashes(Storage.absolute(file));
    return new Paths(full.substring(0, full.lastIndexOf('/') + 1));
  }

  /** Absolute; remote paths are left as they are. */
  public String resolve(String path) {
    return path == null ? null : resolve(path, folder);
  }

  /** The same of a pattern: none of what stands in the folder's path is part of it. */
  public String resolvePattern(String pattern) {
    return resolve(pattern, Matches.literal(folder));
  }

  private static String resolve(String path, String folder) {
    if (isRemote(path) || path.startsWith("/") || path.matches("[A-Za-z]:[/\\\\].*")) {
      return path;
    }
    String rest = path;
    String base = folder;
    // By hand, since a pattern is no java.nio path on every system.
    while (rest.startsWith("./") || rest.startsWith("../")) {
      if (rest.startsWith("../")) {
        String above = base.substring(0, base.length() - 1);
        if (above.lastIndexOf('/') < 0 || above.endsWith(":/")) {
          break;
        }
        base = above.substring(0, above.lastIndexOf('/') + 1);
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return base + (rest.equals(".") ? "" : rest);
  }

  private static boolean isRemote(String path) {
    return path.contains("://");
  }

  private static String slashes(String path) {
    return File.separatorChar == '/' ? path : path.replace(File.separatorChar, '/');
  }
}
