package dev.almanac.pipelines.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.Suggestion;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * Reads the keys of one section, each with its type and range. Problems are collected, and what is
 * returned for a value that has one is a placeholder that nobody may use.
 *
 * <p>Which keys a section knows is exactly which were asked for; {@link #close} reports the others.
 * All that was asked for, defaults included, is what the section says: its {@link #canonical} form.
 */
public final class Section {
  private final ConfigTree tree;
  private final Problems problems;
  private final String path;
  private final ObjectNode node;
  private final TreeSet<String> known = new TreeSet<>();
  private final ObjectNode canonical = JsonNodeFactory.instance.objectNode();

  private Section(ConfigTree tree, Problems problems, String path, ObjectNode node) {
    this.tree = tree;
    this.problems = problems;
    this.path = path;
    this.node = node;
  }

  public static Section root(ConfigTree tree, Problems problems) {
    return new Section(tree, problems, "", tree.root());
  }

  /** What is wrong, at this section's path. */
  public Problems problems() {
    return problems;
  }

  public ObjectNode canonical() {
    return canonical;
  }

  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  public void problem(String key, String message) {
    problems.at(key).add(message);
  }

  /** Whether the key is there and not null. */
  public boolean has(String key) {
    known.add(key);
    return node.hasNonNull(key);
  }

  /** Whether the key is there and says nothing. */
  public boolean isNull(String key) {
    known.add(key);
    return node.has(key) && node.get(key).isNull();
  }

  /** A text within the value of a key; at is the key with the place in its value. */
  public String text(JsonNode value, String at) {
    String written = scalar(value, at);
    return written == null ? "" : written;
  }

  /** Reports the key unless it is there; what for completes "is missing: ". */
  public boolean require(String key, String what) {
    if (has(key)) {
      return true;
    }
    problem(key, "is missing: " + what);
    return false;
  }

  /** The value as it stands; a problem when it is missing. */
  public JsonNode node(String key, String what) {
    require(key, what);
    return node(key);
  }

  /** The value as it stands, or a missing node. */
  public JsonNode node(String key) {
    if (!has(key)) {
      return JsonNodeFactory.instance.missingNode();
    }
    canonical.set(key, node.get(key));
    return node.get(key);
  }

  /** Whether a section is there; a problem when something else is. */
  public boolean hasSection(String key) {
    if (has(key) && !node.get(key).isObject()) {
      problem(key, "must be a section (%s)".formatted(node.get(key)));
      return false;
    }
    return has(key);
  }

  /** A section below this one; empty when it is missing or no section. */
  public Section section(String key) {
    ObjectNode below =
        hasSection(key) ? (ObjectNode) node.get(key) : JsonNodeFactory.instance.objectNode();
    Section section = new Section(tree, problems.at(key), path(key), below);
    canonical.set(key, section.canonical);
    return section;
  }

  /** A text; a problem when it is missing. */
  public String requiredText(String key, String what) {
    return require(key, what) ? text(key, null) : null;
  }

  /** A text that is not blank; numbers and truth values count as they are written. */
  public String text(String key, String otherwise) {
    String value = verbatim(key, otherwise);
    if (value != null && value.isBlank()) {
      problem(key, "must not be blank");
    }
    return value;
  }

  /** A text that may be blank. */
  public String verbatim(String key, String otherwise) {
    String value = otherwise;
    if (has(key)) {
      String written = scalar(node.get(key), key);
      value = written == null ? otherwise : written;
    }
    if (value != null) {
      canonical.put(key, value);
    }
    return value;
  }

  /** One of some words. */
  public String word(String key, String otherwise, List<String> words) {
    String value = text(key, otherwise);
    if (value != null && !words.contains(value)) {
      problem(
          key,
          "must be one of %s (%s%s)"
              .formatted(String.join(", ", words), value, didYouMean(value, words)));
    }
    return value;
  }

  /**
   * One of some values by their names; the usual one where there is a problem.
   *
   * @param name of a value in configs
   */
  public <T> T word(String key, T usual, T[] known, Function<T, String> name) {
    String word = word(key, name.apply(usual), Arrays.stream(known).map(name).toList());
    return Arrays.stream(known).filter(v -> name.apply(v).equals(word)).findFirst().orElse(usual);
  }

  /** A list of texts, each once; one text alone is a list of one. */
  public List<String> texts(String key, List<String> otherwise) {
    List<String> values = new ArrayList<>();
    if (!has(key)) {
      values.addAll(otherwise);
    } else if (node.get(key).isArray()) {
      for (int i = 0; i < node.get(key).size(); i++) {
        String at = "%s[%s]".formatted(key, i);
        String value = scalar(node.get(key).get(i), at);
        if (value != null && values.contains(value)) {
          problem(at, "stands twice in the list ('%s')".formatted(value));
        } else if (value != null) {
          values.add(value);
        }
      }
    } else {
      problem(key, "must be a list of texts (%s)".formatted(node.get(key)));
    }
    values.forEach(canonical.putArray(key)::add);
    return values;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    boolean value = otherwise;
    if (has(key)) {
      if (node.get(key).isBoolean()) {
        value = node.get(key).booleanValue();
      } else {
        problem(key, "must be true or false (%s)".formatted(node.get(key)));
      }
    }
    canonical.put(key, value);
    return value;
  }

  public int integer(String key, int otherwise, int least, int most) {
    return (int) integer(key, (long) otherwise, least, most);
  }

  public long integer(String key, long otherwise, long least, long most) {
    long value = otherwise;
    if (has(key)) {
      JsonNode found = node.get(key);
      if (!found.isIntegralNumber()) {
        problem(key, "must be an integer (%s)".formatted(found));
      } else if (!found.canConvertToLong()
          || found.longValue() < least
          || found.longValue() > most) {
        problem(key, "must be an integer %s (%s)".formatted(range(least, most), found));
      } else {
        value = found.longValue();
      }
    }
    canonical.set(
        key,
        value == (int) value
            ? JsonNodeFactory.instance.numberNode((int) value)
            : JsonNodeFactory.instance.numberNode(value));
    return value;
  }

  /**
   * A finite number.
   *
   * @param rule completes "must be a number ", such as "above 0"
   */
  public double number(String key, double otherwise, DoublePredicate inRange, String rule) {
    double value = otherwise;
    if (has(key)) {
      JsonNode found = node.get(key);
      if (!found.isNumber()) {
        problem(key, "must be a number (%s)".formatted(found));
      } else if (!Double.isFinite(found.doubleValue()) || !inRange.test(found.doubleValue())) {
        problem(key, "must be a number %s (%s)".formatted(rule, found.asText()));
      } else {
        value = found.doubleValue();
      }
    }
    canonical.put(key, value);
    return value;
  }

  /** The keys that are there, for sections whose keys are names of the user's. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** A date such as 2013-01-01, or null. */
  public LocalDate date(String key) {
    if (!has(key)) {
      return null;
    }
    String value = scalar(node.get(key), key);
    canonical.put(key, value);
    try {
      return value == null ? null : LocalDate.parse(value);
    } catch (DateTimeParseException e) {
      problem(key, "must be a date such as 2013-01-01 (%s)".formatted(value));
      return null;
    }
  }

  /** Reads all keys of a section but those that others ask for, and reports the unknown ones. */
  public interface Reader<T> {
    T read(JsonNode section, Set<String> beside, Problems problems);
  }

  /** What a reader makes of the keys that were not asked for so far; closes the section. */
  public <T> T rest(Reader<T> reader) {
    return reader.read(node, Set.copyOf(known), problems);
  }

  /** Reports every key that was never asked for. */
  public void close() {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                problem(
                    key,
                    "unknown key%s (known keys: %s)"
                        .formatted(didYouMean(key, known), String.join(", ", known)));
              }
            });
  }

  private String scalar(JsonNode value, String at) {
    if (value.isTextual()) {
      return value.textValue();
    } else if (value.isNumber() || value.isBoolean()) {
      String written = tree.texts().get(path(at));
      return written == null ? value.asText() : written;
    }
    problem(at, "must be text (%s)".formatted(value));
    return null;
  }

  private static String didYouMean(String typed, Collection<String> known) {
    return Suggestion.of(typed, known).map(", did you mean '%s'?"::formatted).orElse("");
  }

  private static String range(long least, long most) {
    if (least == Long.MIN_VALUE) {
      return "of 64 bits";
    }
    return most >= Integer.MAX_VALUE
        ? "of %s or more".formatted(least)
        : "from %s to %s".formatted(least, most);
  }
}
