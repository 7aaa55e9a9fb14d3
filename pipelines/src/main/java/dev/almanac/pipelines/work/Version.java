package dev.almanac.pipelines.work;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version in the jar that this class came in. */
public final class Version {
  private static final String PROPERTIES =
      "/META-INF/maven/dev.almanac/almanac-pipelines/pom.properties";

  private Version() {}

  /** Such as {@code 0.1.0}, or {@code development} when the classes are in no jar. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        return "development";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      return "development";
    }
  }

  /** The commit that the launcher found the code at, or null. */
  public static String gitCommit() {
    return System.getProperty("almanac.git.commit");
  }
}
