package dev.almanac.pipelines.work;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The code that does the work, for the records of what it made.
 *
 * @param almanac such as {@code 0.1.0}, or {@code development} when the classes are in no jar
 * @param gitCommit the commit that the launcher found the code at; null when nobody said
 */
public record Version(String almanac, String gitCommit) {
  private static final String UNRELEASED = "development";
  private static final String PROPERTIES =
      "/META-INF/maven/dev.almanac/almanac-pipelines/pom.properties";

  /** The one of this process. */
  public static Version here() {
    return new Version(inJar(), System.getProperty("almanac.git.commit"));
  }

  private static String inJar() {
    try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        return UNRELEASED;
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", UNRELEASED);
    } catch (IOException e) {
      return UNRELEASED;
    }
  }
}
