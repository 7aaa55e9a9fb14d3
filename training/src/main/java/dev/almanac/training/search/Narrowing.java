package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether a space, as configs write it, lies within another: the same parameters under the same
 * conditions, each with fewer values or closer ends, under the same rules and more.
 */
record Narrowing(JsonNode before, JsonNode now) {
  /** Domains that list their values. */
  private static final Set<String> LISTS = Set.of("choice", "ordinal");

  boolean isWithin() {
    return names(before).equals(names(now))
        && before.properties().stream()
            .allMatch(
                at ->
                    at.getValue().isArray()
                        ? isPart("choice", now.get(at.getKey()), at.getValue())
                        : isParameter(at.getValue(), now.get(at.getKey())));
  }

  private static boolean isParameter(JsonNode was, JsonNode is) {
    return names(was).equals(names(is))
        && was.properties().stream()
            .allMatch(at -> isPart(at.getKey(), at.getValue(), is.get(at.getKey())));
  }

  private static boolean isPart(String key, JsonNode was, JsonNode is) {
    if (was.equals(is)) {
      return true;
    }
    if (key.equals("under")) {
      return names(was).equals(names(is))
          && was.properties().stream()
              .allMatch(at -> new Narrowing(at.getValue(), is.get(at.getKey())).isWithin());
    }
    if (!was.isArray() || !is.isArray() || is.isEmpty()) {
      return false;
    }
    if (LISTS.contains(key)) {
      Set<JsonNode> values = new HashSet<>();
      was.forEach(values::add);
      for (JsonNode value : is) {
        if (!values.contains(value)) {
          return false;
        }
      }
      return true;
    }
    return isEnds(was)
        && isEnds(is)
        && is.get(0).doubleValue() >= was.get(0).doubleValue()
        && is.get(1).doubleValue() <= was.get(1).doubleValue();
  }

  private static boolean isEnds(JsonNode ends) {
    return ends.size() == 2 && ends.get(0).isNumber() && ends.get(1).isNumber();
  }

  private static Set<String> names(JsonNode section) {
    Set<String> names = new HashSet<>();
    section.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
