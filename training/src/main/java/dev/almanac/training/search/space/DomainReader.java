package dev.almanac.training.search.space;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a domain as a config writes it: its name with its values or ends, and what goes with it.
 */
final class DomainReader {
  /** What may stand beside a range: from one value to the next, how many a grid tries, zero too. */
  private static final Set<String> BESIDE = Set.of("every", "steps", "or-zero");

  /** How a domain is made of its section, and which keys may stand beside its name. */
  private record Kind(Maker maker, Set<String> beside) {}

  @FunctionalInterface
  private interface Maker {
    Domain of(JsonNode values, JsonNode section);
  }

  /** A new domain is one file and one line here. */
  private static final Map<String, Kind> KINDS =
      new TreeMap<>(
          Map.of(
              "choice", new Kind((values, section) -> new Choice(list(values)), Set.of()),
              "ordinal", new Kind((values, section) -> new Ordinal(list(values)), Set.of()),
              "boolean", new Kind((values, section) -> bool(values), Set.of()),
              "constant", new Kind((value, section) -> new Choice(List.of(value)), Set.of()),
              "power-of-two",
                  new Kind(
                      (ends, section) ->
                          Ordinal.powersOfTwo(integer(end(ends, 0)), integer(end(ends, 1))),
                      Set.of()),
              "int",
                  new Kind(
                      (ends, section) ->
                          new IntRange(
                              integer(end(ends, 0)),
                              integer(end(ends, 1)),
                              whole(section.get("every")),
                              steps(section)),
                      BESIDE),
              "log-int",
                  new Kind(
                      (ends, section) ->
                          new LogInt(integer(end(ends, 0)), integer(end(ends, 1)), steps(section)),
                      Set.of("steps", "or-zero")),
              "float",
                  new Kind(
                      (ends, section) ->
                          new FloatRange(
                              number(end(ends, 0)),
                              number(end(ends, 1)),
                              every(section.get("every")),
                              steps(section)),
                      BESIDE),
              "log-uniform",
                  new Kind(
                      (ends, section) ->
                          new LogUniform(
                              number(end(ends, 0)), number(end(ends, 1)), steps(section)),
                      Set.of("steps", "or-zero"))));

  private DomainReader() {}

  static List<String> names() {
    return List.copyOf(KINDS.keySet());
  }

  static Set<String> beside() {
    return new TreeSet<>(BESIDE);
  }

  /**
   * The domain of a parameter's section.
   *
   * @throws SearchException naming the parameter, or what is wrong with the domain
   */
  static Domain read(String path, JsonNode section) {
    List<String> named = new ArrayList<>();
    section.fieldNames().forEachRemaining(key -> named.add(key));
    named.retainAll(KINDS.keySet());
    if (named.size() != 1) {
      throw new SearchException(
          "Cannot search '%s': it must have exactly one of %s (%s)"
              .formatted(path, String.join(", ", names()), named));
    }
    String name = named.get(0);
    Kind kind = KINDS.get(name);
    for (String key : beside()) {
      if (section.has(key) && !kind.beside().contains(key)) {
        throw new SearchException(
            "Cannot search '%s': `%s` has no `%s`%s"
                .formatted(
                    path,
                    name,
                    key,
                    kind.beside().isEmpty() && key.equals("steps")
                        ? ", a grid tries all of it"
                        : ""));
      }
    }
    Domain domain = kind.maker().of(section.get(name), section);
    return orZero(section.get("or-zero")) ? new OrZero(domain) : domain;
  }

  private static boolean orZero(JsonNode node) {
    if (node != null && !node.isBoolean()) {
      throw new SearchException(
          "Cannot search zero or a range: `or-zero` is true or false (%s)".formatted(node));
    }
    return node != null && node.booleanValue();
  }

  private static Domain bool(JsonNode values) {
    List<JsonNode> both = list(values);
    if (both.size() != 2 || !both.containsAll(List.of(BooleanNode.FALSE, BooleanNode.TRUE))) {
      throw new SearchException("Cannot choose: a boolean is [false, true] (%s)".formatted(values));
    }
    return new Choice(both);
  }

  private static int steps(JsonNode section) {
    JsonNode node = section.get("steps");
    if (node == null) {
      return 0;
    }
    if (!node.canConvertToInt() || node.intValue() < 1) {
      throw new SearchException(
          "Cannot walk a range: `steps` must be an integer of 1 or more (%s)".formatted(node));
    }
    return node.intValue();
  }

  private static long whole(JsonNode node) {
    if (node == null) {
      return 1;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
      throw new SearchException(
          "Cannot search integers: `every` must be an integer of 1 or more (%s)".formatted(node));
    }
    return node.longValue();
  }

  private static double every(JsonNode node) {
    if (node == null) {
      return 0;
    }
    if (!node.isNumber() || node.doubleValue() <= 0) {
      throw new SearchException(
          "Cannot search numbers: `every` must be a number above 0 (%s)".formatted(node));
    }
    return node.doubleValue();
  }

  private static List<JsonNode> list(JsonNode values) {
    if (!values.isArray()) {
      throw new SearchException("Cannot choose: a choice must be a list (%s)".formatted(values));
    }
    List<JsonNode> list = new ArrayList<>();
    values.forEach(list::add);
    return list;
  }

  private static JsonNode end(JsonNode ends, int side) {
    if (!ends.isArray() || ends.size() != 2) {
      throw new SearchException(
          "Cannot search a range: it must be its two ends, [low, high] (%s)".formatted(ends));
    }
    return ends.get(side);
  }

  private static long integer(JsonNode end) {
    if (!end.isIntegralNumber() || !end.canConvertToLong()) {
      throw new SearchException(
          "Cannot search integers: both ends must be integers (%s)".formatted(end));
    }
    return end.longValue();
  }

  private static double number(JsonNode end) {
    if (!end.isNumber()) {
      throw new SearchException(
          "Cannot search numbers: both ends must be numbers (%s)".formatted(end));
    }
    return end.doubleValue();
  }
}
