package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What keys mean, by their paths, in which a star stands for any one part.
 *
 * <p>Remembers what was asked for. Not thread-safe.
 */
final class Meanings {
  private final Map<String, String> sentences = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  Meanings(JsonNode sentences) {
    sentences
        .properties()
        .forEach(at -> this.sentences.put(at.getKey(), at.getValue().textValue()));
  }

  /** The sentence of a key; empty when there is none. */
  String of(String path) {
    List<String> spellings = new ArrayList<>(List.of(path));
    String[] parts = path.split("\\.");
    for (int i = 0; i < parts.length; i++) {
      String[] starred = parts.clone();
      starred[i] = "*";
      spellings.add(String.join(".", starred));
    }
    for (String spelling : spellings) {
      if (sentences.containsKey(spelling)) {
        asked.add(spelling);
        return sentences.get(spelling);
      }
    }
    return "";
  }

  /** Paths that nobody asked for. */
  Set<String> unused() {
    Set<String> unused = new HashSet<>(sentences.keySet());
    unused.removeAll(asked);
    return unused;
  }
}
