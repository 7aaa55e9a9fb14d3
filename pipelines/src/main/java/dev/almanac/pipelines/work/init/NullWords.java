package dev.almanac.pipelines.work.init;

import dev.almanac.transforms.schema.text.NumberForm;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Words that stand for a missing cell, as they stand between numbers. */
final class NullWords {
  private static final Set<String> KNOWN =
      Set.of(
          "n/a",
          "#n/a",
          "na",
          "nan",
          "null",
          "none",
          "nil",
          "missing",
          "unknown",
          "-",
          "--",
          "---",
          "?",
          ".",
          "\\n",
          "(null)",
          "<na>",
          "n.a.",
          "not available",
          "m",
          "x",
          "*",
          "***");

  private NullWords() {}

  /** Those of a column that holds nothing else but numbers; empty when it holds other texts. */
  static Set<String> of(ColumnProfile column, NumberForm numbers) {
    Set<String> words = new TreeSet<>();
    boolean hasNumbers = false;
    for (String text : column.texts().keySet()) {
      byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && !Double.isNaN(numbers.parseDouble(bytes, 0, bytes.length))) {
        hasNumbers = true;
      } else if (KNOWN.contains(text.strip().toLowerCase(Locale.ROOT))) {
        words.add(text.strip());
      } else {
        return Set.of();
      }
    }
    return hasNumbers ? words : Set.of();
  }
}
