package dev.almanac.pipelines.config.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Every key of a config: what the readers ask for, as they ask for it, with a sentence and an
 * example of each.
 */
public final class ConfigReference {
  /** Sections whose keys are those of another. */
  private static final Map<String, String> SAME = Map.of("predict.source", "source");

  private final Examples examples;
  private final Meanings meanings;
  private final Map<String, Key> keys = new LinkedHashMap<>();

  private ConfigReference(Map<String, List<Variant>> recorded, Meanings meanings, Examples shown) {
    this.examples = shown;
    this.meanings = meanings;
    for (String path : ordered(recorded)) {
      String same = same(path);
      boolean further = recorded.keySet().stream().anyMatch(other -> other.startsWith(path + "."));
      boolean isStep = recorded.get(path).stream().noneMatch(at -> at.shape().isContainer());
      keys.put(
          path,
          new Key(
              path,
              recorded.get(path),
              meanings.of(same),
              further && !isStep ? "" : shown.of(List.of(same.split("\\."))).orElse("")));
    }
  }

  /** The reference of the readers that this program has. */
  public static ConfigReference ofReaders() {
    return new ConfigReference(
        Recorder.record(),
        new Meanings(Examples.tree(resource("meanings.yaml"))),
        Examples.of(resource("examples.yaml")));
  }

  private static String resource(String name) {
    try (InputStream in = ConfigReference.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The path whose sentence and example serve for this one. */
  private static String same(String path) {
    for (Map.Entry<String, String> same : SAME.entrySet()) {
      if (path.startsWith(same.getKey() + ".")) {
        return same.getValue() + path.substring(same.getKey().length());
      }
    }
    return path;
  }

  /** Keys of a section together, each section behind the key that opens it. */
  private static List<String> ordered(Map<String, List<Variant>> recorded) {
    Map<String, List<String>> below = new LinkedHashMap<>();
    recorded
        .keySet()
        .forEach(path -> below.computeIfAbsent(Key.above(path), at -> new ArrayList<>()).add(path));
    List<String> ordered = new ArrayList<>();
    order("", below, ordered);
    return ordered;
  }

  private static void order(String section, Map<String, List<String>> below, List<String> into) {
    for (String path : below.getOrDefault(section, List.of())) {
      into.add(path);
      order(path, below, into);
    }
  }

  List<Key> keys() {
    return List.copyOf(keys.values());
  }

  Optional<Key> key(String path) {
    return Optional.ofNullable(keys.get(path));
  }

  /** The keys of a section, those of sections in it apart. */
  List<Key> in(String section) {
    return keys.values().stream().filter(key -> Key.above(key.path()).equals(section)).toList();
  }

  /** The section whose keys this one has too; empty for one of its own. */
  static Optional<String> sameAs(String section) {
    return Optional.ofNullable(SAME.get(section));
  }

  /** Every path, for those who look for one. */
  Set<String> paths() {
    return keys.keySet();
  }

  /**
   * The keys that somebody asks for: a key or section by its path, or every key of a name.
   *
   * @return empty when there is none
   */
  List<Key> find(String asked) {
    List<Key> found =
        keys.values().stream()
            .filter(key -> key.path().equals(asked) || key.isBelow(asked))
            .toList();
    return found.isEmpty()
        ? keys.values().stream().filter(key -> key.path().endsWith("." + asked)).toList()
        : found;
  }

  /** Configs that have every key between them, as texts; the first shows what most have. */
  List<String> examples() {
    return examples.texts();
  }

  /** What is wrong with the sentences and examples that stand beside the readers. */
  List<String> gaps() {
    Set<String> gaps = new TreeSet<>();
    for (Key key : keys.values()) {
      if (key.meaning().isBlank()) {
        gaps.add(key.path() + " has no sentence");
      }
      if (key.example().isEmpty() && in(key.path()).isEmpty()) {
        gaps.add(key.path() + " has no example");
      }
    }
    meanings.unused().forEach(path -> gaps.add(path + " has a sentence and is no key"));
    return List.copyOf(gaps);
  }
}
