package dev.almanac.pipelines.config.reference;

import dev.almanac.transforms.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference as a terminal shows it.
 *
 * @param width columns of the terminal
 */
public record ReferenceText(ConfigReference reference, int width) {
  private static final String INDENT = "    ";

  /** Every key; those of a section that has another's are left to that one. */
  public String all() {
    return text(
        reference.keys().stream()
            .filter(key -> ConfigReference.sameAs(Key.above(key.path())).isEmpty())
            .filter(key -> ConfigReference.sameAs(Key.above(Key.above(key.path()))).isEmpty())
            .toList());
  }

  /** A key or section by its path, or every key of this name; empty when there is none. */
  public String of(String asked) {
    return text(reference.find(asked));
  }

  /** What somebody meant who asked for what is not there; completes a message, may be empty. */
  public String meant(String asked) {
    return Suggestion.question(asked, reference.paths());
  }

  private String text(List<Key> keys) {
    List<String> lines = new ArrayList<>();
    for (Key key : keys) {
      for (int i = 0; i < key.variants().size(); i++) {
        Variant variant = key.variants().get(i);
        String when = variant.condition(key.path());
        wrap(lines, "", when.isEmpty() ? key.path() : "%s  (%s)".formatted(key.path(), when));
        String otherwise = variant.otherwise();
        boolean says = !otherwise.isEmpty() && !variant.required();
        wrap(
            lines,
            INDENT,
            variant.shape().text()
                + (variant.required() ? "; required" : says ? "; default " + otherwise : ""));
        if (i == key.variants().size() - 1) {
          wrap(lines, INDENT, key.meaning());
          if (!key.example().isEmpty()) {
            wrap(lines, INDENT, "Example: " + key.example());
          }
          lines.add("");
        }
      }
    }
    return String.join("\n", lines);
  }

  private void wrap(List<String> lines, String indent, String words) {
    lines.addAll(wrapped(words, indent, INDENT, width));
  }

  /**
   * Words in lines that fit; a word that is too long has a line of its own.
   *
   * @param indent of the first line
   * @param further of the others
   */
  static List<String> wrapped(String words, String indent, String further, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    boolean begun = false;
    for (String word : words.split("(?<!\\s) ")) {
      if (begun && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(further).append(word);
      } else {
        line.append(begun ? " " : "").append(word);
      }
      begun = true;
    }
    lines.add(line.toString());
    return lines;
  }
}
