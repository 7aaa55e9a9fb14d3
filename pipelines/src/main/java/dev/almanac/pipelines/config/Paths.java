package dev.almanac.pipelines.config;

import java.nio.file.Path;

/** Resolves the paths of a config against the folder it lies in. */
final class Paths {
  private final String folder;

  private Paths(String folder) {
    this.folder = folder;
  }

  /** The paths of this config file, which may itself lie on an object store. */
  static Paths of(String file) {
    if (isRemote(file)) {
      return new Paths(file.substring(0, file.lastIndexOf('/') + 1));
    }
    Path parent = Path.of(file).toAbsolutePath().normalize().getParent();
    return new Paths(slashes(parent.toString()) + "/");
  }

  /** Absolute; globs and remote paths are left as they are. */
  String resolve(String path) {
    if (path == null
        || isRemote(path)
        || path.startsWith("/")
        || path.matches("[A-Za-z]:[/\\\\].*")) {
      return path;
    }
    String rest = path;
    String base = folder;
    // By hand, since a glob is no java.nio path on every system.
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
    return path.equals("/") ? "" : path.replace('\\', '/');
  }
}
