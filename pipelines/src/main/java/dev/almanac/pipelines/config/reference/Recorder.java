package dev.almanac.pipelines.config.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.shape.Asked;
import dev.almanac.pipelines.config.shape.SectionShape;
import dev.almanac.pipelines.config.yaml.ConfigTree;
import dev.almanac.pipelines.config.yaml.Overrides;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the keys of a config by listening to its reader, which reads configs of empty sections: one
 * that says nothing, and one with each word of each key, since some words bring keys of their own.
 */
final class Recorder {
  private final Map<String, Map<Asked, Map<String, List<String>>>> found = new LinkedHashMap<>();

  /** What the reader asked for, with these words chosen. */
  private record Read(Map<String, String> chosen, Map<String, Asked> asked) {}

  private Recorder() {}

  /** What each key may be, by its path, in the order in which the reader asks. */
  static Map<String, List<Variant>> record() {
    Recorder recorder = new Recorder();
    Read usual = recorder.read(Map.of());
    recorder.explore(usual, Map.of());
    Map<String, List<Variant>> variants = new LinkedHashMap<>();
    recorder.found.forEach(
        (path, of) -> {
          List<Variant> all = new ArrayList<>();
          of.forEach(
              (asked, when) ->
                  all.add(new Variant(asked.shape(), asked.fallback(), asked.required(), when)));
          variants.put(path, all);
        });
    return variants;
  }

  private void explore(Read read, Map<String, Asked> known) {
    for (Asked decision : read.asked.values()) {
      if (!isDecision(decision, read) || decision.equals(known.get(decision.path()))) {
        continue;
      }
      Map<String, Read> reads = new LinkedHashMap<>();
      for (String word : decision.shape().words()) {
        Map<String, String> chosen = new LinkedHashMap<>(read.chosen);
        chosen.put(decision.path(), word);
        boolean usual = word.equals(decision.fallback().textValue());
        reads.put(word, usual ? read : read(chosen));
      }
      compare(decision.path(), reads, read.chosen);
      reads.values().stream()
          .filter(other -> other != read)
          .forEach(other -> explore(other, read.asked));
    }
  }

  /** Whether it is a word that a config can have: all above it are sections. */
  private static boolean isDecision(Asked asked, Read read) {
    if (asked.shape().words().isEmpty() || asked.fallback() == null) {
      return false;
    }
    for (String at = Key.above(asked.path()); !at.isEmpty(); at = Key.above(at)) {
      Asked section = read.asked.get(at);
      if (section != null && !section.shape().isSection()) {
        return false;
      }
    }
    return true;
  }

  /** Notes the keys that are there with some words of a key alone, or are otherwise with them. */
  private void compare(String decision, Map<String, Read> reads, Map<String, String> chosen) {
    Set<Asked> all = new LinkedHashSet<>();
    reads.values().forEach(read -> all.addAll(read.asked.values()));
    for (Asked asked : all) {
      List<String> words =
          reads.keySet().stream()
              .filter(word -> asked.equals(reads.get(word).asked.get(asked.path())))
              .toList();
      if (words.size() < reads.size() && !asked.path().equals(decision)) {
        Map<String, List<String>> when = found.get(asked.path()).get(asked);
        chosen.forEach((path, word) -> when.putIfAbsent(path, List.of(word)));
        when.put(decision, words);
      }
    }
  }

  /** Sections that nobody asked for by themselves. */
  private static void open(String section, Map<String, Asked> asked) {
    if (!section.isEmpty() && !asked.containsKey(section)) {
      open(Key.above(section), asked);
      asked.put(section, new Asked(section, new SectionShape(), null, false));
    }
  }

  private Read read(Map<String, String> chosen) {
    ConfigTree tree = ConfigTree.empty("config.yaml");
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Map<String, Asked> asked = new LinkedHashMap<>();
    boolean more = true;
    while (more) {
      chosen.forEach((path, word) -> values.put(path, TextNode.valueOf(word)));
      Overrides.set(tree, values, new Problems());
      asked.clear();
      ConfigReader.listen(
          tree,
          key -> {
            open(Key.above(key.path()), asked);
            asked.putIfAbsent(key.path(), key);
          });
      int before = values.size();
      for (Asked key : asked.values()) {
        if (key.shape().isSection()) {
          values.putIfAbsent(key.path(), JsonNodeFactory.instance.objectNode());
        }
      }
      more = values.size() > before;
    }
    asked
        .values()
        .forEach(
            key ->
                found
                    .computeIfAbsent(key.path(), path -> new LinkedHashMap<>())
                    .computeIfAbsent(key, of -> new LinkedHashMap<>()));
    return new Read(chosen, asked);
  }
}
