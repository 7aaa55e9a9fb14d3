package dev.almanac.transforms.feature;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.json.KeyedRecord;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The row-wise steps by their names in configs and artifacts. */
public final class Features {
  private static final Map<String, Class<? extends RowFeature>> BY_NAME = new LinkedHashMap<>();

  static {
    BY_NAME.put("null-if-flagged", NullIfFlagged.class);
    BY_NAME.put("date-parts", DateParts.class);
    BY_NAME.put("cast", Cast.class);
    BY_NAME.put("log1p", Log1p.class);
    BY_NAME.put("clip", Clip.class);
    BY_NAME.put("difference", Difference.class);
    BY_NAME.put("ratio", Ratio.class);
    BY_NAME.put("equals", EqualsIndicator.class);
    BY_NAME.put("is-null", IsNull.class);
    BY_NAME.put("is-present", IsPresent.class);
    BY_NAME.put("hash-bucket", HashBucket.class);
  }

  private Features() {}

  /**
   * Reads the {@code features} list of a config or an artifact.
   *
   * @param problems takes every problem, each below the list's own place
   * @return the steps without a problem
   */
  public static List<RowFeature> read(JsonNode list, Problems problems) {
    List<RowFeature> features = new ArrayList<>();
    if (!list.isArray()) {
      problems.add("must be a list of steps");
      return features;
    }
    for (int i = 0; i < list.size(); i++) {
      readOne(list.get(i), problems.at(i)).ifPresent(features::add);
    }
    return features;
  }

  static Optional<RowFeature> readOne(JsonNode node, Problems problems) {
    return ForColumns.isAsked(node)
        ? ForColumns.read(node, problems)
        : KeyedRecord.read(node, BY_NAME, problems);
  }

  /** The records there are, by name. */
  public static Map<String, Class<? extends RowFeature>> types() {
    return Collections.unmodifiableMap(BY_NAME);
  }

  /** The step of this name, or null. */
  static Class<? extends RowFeature> type(String name) {
    return BY_NAME.get(name);
  }

  /** The name of steps of a class; empty for functions written in Java. */
  static Optional<String> name(Class<? extends RowFeature> type) {
    return BY_NAME.entrySet().stream()
        .filter(entry -> entry.getValue() == type)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
