package dev.almanac.transforms.problem;

/**
 * One thing wrong with what was asked for.
 *
 * @param path of what is wrong, such as {@code features[2].clip}; empty for the whole
 * @param message what is wrong there
 */
public record Problem(String path, String message) {
  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
