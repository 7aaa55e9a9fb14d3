package dev.almanac.transforms.json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a file, each a JSON value. A line that cannot be read is reported; the others are
 * still read.
 *
 * @param values in the order of their lines
 * @param damage a sentence for each line that cannot be read, with file and line
 * @param sound the text of the file up to a last line that was torn off; all of it when none was
 */
public record JsonLines<T>(List<T> values, List<String> damage, String sound) {
  public JsonLines {
    values = List.copyOf(values);
    damage = List.copyOf(damage);
  }

  /**
   * Reads a file's text.
   *
   * @param path for messages
   */
  public static <T> JsonLines<T> of(String text, Class<T> type, String path) {
    List<T> values = new ArrayList<>();
    List<String> damage = new ArrayList<>();
    String sound = text;
    int number = 0;
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      boolean isLast = end < 0 || end == text.length() - 1;
      end = end < 0 ? text.length() : end;
      number++;
      String line = text.substring(start, end);
      if (!line.isBlank()) {
        try {
          values.add(Json.read(line, type, path));
        } catch (IOException | RuntimeException e) {
          damage.add(
              "Line %s of %s cannot be read and is left out: %s"
                  .formatted(
                      number, path, isLast ? "the end of it was torn off, or damaged" : "damaged"));
          sound = isLast ? text.substring(0, start) : sound;
        }
      }
      start = end + 1;
    }
    return new JsonLines<>(values, damage, sound);
  }
}
