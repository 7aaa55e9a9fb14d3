package dev.almanac.benchmarks.prepare;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Where classes lie, and the Java that runs them. */
final class ClassPath {
  private ClassPath() {}

  /** The jar or folder that a class was loaded from. */
  static Path of(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String joined(Path... paths) {
    return Arrays.stream(paths).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The Java that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
