package dev.almanac.pipelines.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.shape.Asked;
import dev.almanac.pipelines.config.shape.Plain;
import dev.almanac.pipelines.config.shape.SectionShape;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Shape;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.Suggestion;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

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
  private final Asking asking;
  private final TreeSet<String> known = new TreeSet<>();
  private final ObjectNode canonical = JsonNodeFactory.instance.objectNode();

  private Section(ConfigTree tree, Problems problems, String path, ObjectNode node, Asking asking) {
    this.tree = tree;
    this.asking = asking;
    this.problems = problems;
    this.path = path;
    this.node = node;
  }

  /**
   * The whole config.
   *
   * @param listener is told every key that is asked for, the first time as it is; null when nobody
   *     listens
   */
  public static Section root(ConfigTree tree, Problems problems, Consumer<Asked> listener) {
    return new Section(tree, problems, "", tree.root(), new Asking(listener, ""));
  }

  /**
   * Tells what a key may be that its reader checks by itself, before it is read here.
   *
   * @param fallback the value when a config says nothing; null when there is none
   */
  public void ask(String key, Shape shape, Object fallback) {
    asking.key(key, shape, fallback);
  }

  /** Tells keys, by their paths below this section, that a reader of another kind asks for. */
  public void ask(Supplier<List<Asked>> keys) {
    asking.keys(keys);
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
    asking.require(key);
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
    ask(key, new SectionShape(), null);
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
    Section section =
        new Section(tree, problems.at(key), path(key), below, asking.below(path(key)));
    canonical.set(key, section.canonical);
    return section;
  }

  /** A text; a problem when it is missing. */
  public String requiredText(String key, String what) {
    require(key, what);
    return text(key, null);
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
    ask(key, Plain.ofText(), otherwise);
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
    ask(key, new Rule.Word(words), otherwise);
    String value = text(key, otherwise);
    if (value != null && !words.contains(value)) {
      problem(
          key,
          "must be one of %s (%s%s)"
              .formatted(String.join(", ", words), value, Suggestion.question(value, words)));
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
    ask(key, Plain.ofTexts(), otherwise);
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

  /** Whether the key is there with a value that fits; a problem when it does not. */
  private boolean fits(String key, Rule rule) {
    if (!has(key)) {
      return false;
    }
    JsonNode found = node.get(key);
    if (!rule.fits(found)) {
      problem(
          key, "must be %s (%s)".formatted(rule.text(), found.isNumber() ? found.asText() : found));
    }
    return rule.fits(found);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean otherwise) {
    Rule rule = new Rule.Flag();
    ask(key, rule, otherwise);
    boolean value = fits(key, rule) ? node.get(key).booleanValue() : otherwise;
    canonical.put(key, value);
    return value;
  }

  public int integer(String key, int otherwise, int least, int most) {
    return (int) integer(key, (long) otherwise, least, most);
  }

  public long integer(String key, long otherwise, long least, long most) {
    Rule rule = new Rule.Whole(least, most);
    ask(key, rule, otherwise);
    long value = fits(key, rule) ? node.get(key).longValue() : otherwise;
    canonical.set(key, rule.canonical(LongNode.valueOf(value)));
    return value;
  }

  /** A finite number. */
  public double number(String key, double otherwise, Rule.Decimal rule) {
    ask(key, rule, otherwise);
    double value = fits(key, rule) ? node.get(key).doubleValue() : otherwise;
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
    ask(key, Plain.ofDate(), null);
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
                        .formatted(Suggestion.question(key, known), String.join(", ", known)));
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
}
