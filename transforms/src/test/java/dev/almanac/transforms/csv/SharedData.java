package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files beside the project; tests that need one are skipped where there is none. */
final class SharedData {
  private static final String FOLDER = "almanac.shared.data";

  private SharedData() {}

  /** A file or folder in the folder that a property names, or else in ../shared/data. */
  static Path path(String name) {
    String root = System.getProperty("almanac.project.root", ".");
    String folder = System.getProperty(FOLDER, root + "/../shared/data");
    Path path = Path.of(folder, name).normalize();
    assumeTrue(Files.exists(path), () -> "no " + path);
    return path;
  }
}
