package dev.almanac.pipelines.work.init;

import dev.almanac.transforms.schema.text.NumberForm;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
  static Map<String, Long> of(ColumnProfile column, NumberForm numbers) {
    Map<String, Long> words = new TreeMap<>();
    long values = 0;
    for (Map.Entry<String, Long> text : column.texts().entrySet()) {
      byte[] bytes = text.getKey().strip().getBytes(StandardCharsets.UTF_8);
      if (bytes.length > 0 && !Double.isNaN(numbers.parseDouble(bytes, 0, bytes.length))) {
        values += text.getValue();
      } else if (KNOWN.contains(text.getKey().strip().toLowerCase(Locale.ROOT))) {
        words.put(text.getKey().strip(), text.getValue());
      } else {
        return Map.of();
      }
    }
    return values > 0 ? words : Map.of();
  }
}
