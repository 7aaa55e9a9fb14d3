package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.problem.Problems;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The {@code fit} section of a config: the steps of every numeric and every nominal feature, and
 * those of single columns, or of those that match a pattern, in their place.
 *
 * <pre>{@code fit: {numeric: [impute-mean, standardize], nominal: [index],
 *       columns: {PRCP: [impute-constant: {value: 0}, min-max]}}}</pre>
 */
public record FitSteps(
    List<NumericStep> numeric, List<NominalStep> nominal, Map<String, List<Step>> columns)
    implements Serializable {
  /** What is done when nothing is said. */
  public static final FitSteps DEFAULT =
      new FitSteps(
          List.of(new ImputeMean(false), new Standardize(0)), List.of(new Index()), Map.of());

  private static final Set<String> KEYS = new TreeSet<>(Set.of("numeric", "nominal", "columns"));

  public FitSteps {
    numeric = List.copyOf(numeric);
    nominal = List.copyOf(nominal);
    Map<String, List<Step>> sorted = new TreeMap<>();
    columns.forEach((name, steps) -> sorted.put(name, List.copyOf(steps)));
    columns = Collections.unmodifiableMap(sorted);
  }

  /**
   * The keys of {@code columns} that speak of a column: its name, or else every pattern that
   * matches it, sorted; of several only one can be meant.
   */
  public List<String> keysOf(String column) {
    if (columns.containsKey(column)) {
      return List.of(column);
    }
    return columns.keySet().stream()
        .filter(key -> ColumnPattern.isPattern(key) && ColumnPattern.of(key).matches(column))
        .toList();
  }

  /**
   * Reads the section; a key left out means its default.
   *
   * @param problems takes every problem, each below the section's own place
   */
  public static FitSteps read(JsonNode fit, Problems problems) {
    if (!fit.isObject()) {
      problems.add("must be an object (keys: %s)".formatted(KEYS));
      return DEFAULT;
    }
    fit.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                problems.add("unknown key '%s' (known keys: %s)".formatted(key, KEYS));
              }
            });
    List<NumericStep> numeric =
        fit.has("numeric")
            ? Steps.readNumeric(fit.get("numeric"), problems.at("numeric"))
            : DEFAULT.numeric;
    List<NominalStep> nominal =
        fit.has("nominal")
            ? Steps.readNominal(fit.get("nominal"), problems.at("nominal"))
            : DEFAULT.nominal;
    Problems own = problems.at("columns");
    Map<String, List<Step>> columns = new LinkedHashMap<>();
    if (fit.has("columns")) {
      if (fit.get("columns").isObject()) {
        fit.get("columns")
            .fields()
            .forEachRemaining(
                column ->
                    columns.put(
                        column.getKey(),
                        Steps.readAny(column.getValue(), own.at(column.getKey()))));
      } else {
        own.add("must be an object of column names and their steps");
      }
    }
    return new FitSteps(numeric, nominal, columns);
  }
}
