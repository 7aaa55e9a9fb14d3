package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionLines implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "almanac " + Version.here().almanac(), "java " + System.getProperty("java.version"),
    };
  }
}
