package dev.almanac.training.run.find;

import dev.almanac.transforms.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a fact of a run is called, and what kind of value it has. */
public record Key(String name, Kind kind) {
  /** What values of a key are. */
  public enum Kind {
    NUMBER,
    /** Seconds, which a person may give as {@code 2h}. */
    SECONDS,
    TEXT,
    /** One of few words. */
    STATE,
    TIME,
    /** Numbers and texts. */
    ANY
  }

  /** Keys of facts whose names are not the user's. */
  private static final Map<String, Kind> FIXED = fixed();

  /** Beginnings of keys whose rest is the user's. */
  private static final Map<String, Kind> FAMILIES =
      Map.of(
          "params.",
          Kind.ANY,
          "metrics.",
          Kind.NUMBER,
          "tags.",
          Kind.ANY,
          "machine.",
          Kind.ANY,
          "code.",
          Kind.ANY);

  /** The epoch of the weights that were kept, which is what a metric without a word is of. */
  private static final String BEST = ".best";

  private static Map<String, Kind> fixed() {
    Map<String, Kind> keys = new LinkedHashMap<>();
    List.of("id", "name", "group", "study", "repeats", "note", "reason")
        .forEach(key -> keys.put(key, Kind.TEXT));
    keys.put("state", Kind.STATE);
    List.of("created", "ended").forEach(key -> keys.put(key, Kind.TIME));
    List.of("dataset", "dataset.hash", "dataset.path").forEach(key -> keys.put(key, Kind.TEXT));
    keys.put("seconds", Kind.SECONDS);
    List.of("trial", "seed", "epochs", "best-epoch", "rows-per-second", "parameters")
        .forEach(key -> keys.put(key, Kind.NUMBER));
    return keys;
  }

  /** The key of this name, in the one form that facts have; nothing when there is none. */
  public static Optional<Key> of(String name) {
    Kind fixed = FIXED.get(name);
    if (fixed != null) {
      return Optional.of(new Key(name, fixed));
    }
    for (Map.Entry<String, Kind> family : FAMILIES.entrySet()) {
      if (name.startsWith(family.getKey()) && name.length() > family.getKey().length()) {
        boolean best = family.getKey().equals("metrics.") && name.endsWith(BEST);
        return Optional.of(
            new Key(
                best ? name.substring(0, name.length() - BEST.length()) : name, family.getValue()));
      }
    }
    return Optional.empty();
  }

  /**
   * The key of this name.
   *
   * @throws FilterException when there is none
   */
  public static Key required(String name) throws FilterException {
    return of(name).orElseThrow(() -> new FilterException("column", name, 0, unknown(name)));
  }

  /** Why a name is no key, with what may have been meant. */
  static String unknown(String name) {
    String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : "";
    String family =
        switch (first) {
          case "validation", "test" -> "metrics.";
          case "train", "source", "columns", "split", "fit", "output" -> "params.";
          default -> null;
        };
    String meant =
        family != null
            ? ", did you mean '%s%s'?".formatted(family, name)
            : Suggestion.question(name, FIXED.keySet());
    List<String> names = new ArrayList<>(FIXED.keySet());
    names.addAll(
        List.of("params.PATH", "metrics.SPLIT.NAME", "tags.KEY", "machine.PATH", "code.PATH"));
    return "there is no key '%s'%s"
        .formatted(name, meant.isEmpty() ? "; keys are " + String.join(", ", names) : meant);
  }
}
