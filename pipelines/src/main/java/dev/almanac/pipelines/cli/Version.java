package dev.almanac.pipelines.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar that this class came in. */
public final class Version implements IVersionProvider {
  private static final String PROPERTIES =
      "/META-INF/maven/dev.almanac/almanac-pipelines/pom.properties";

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

  @Override
  public String[] getVersion() {
    return new String[] {
      "almanac " + text(), "java " + System.getProperty("java.version"),
    };
  }
}
