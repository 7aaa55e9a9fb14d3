package dev.almanac.pipelines.config.yaml;

/**
 * One thing wrong with a config.
 *
 * @param place file and line, or the option, where it was written
 * @param line in the file, from 1; 0 when it is in no file
 * @param path of the key, such as {@code train.batch-size}; empty for the file itself
 */
public record Problem(String place, int line, String path, String message) {
  @Override
  public String toString() {
    return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
