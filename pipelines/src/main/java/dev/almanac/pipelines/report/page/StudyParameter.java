package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Domain;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a parameter of a study is drawn.
 *
 * @param label the end of its path, as long as it takes to tell it from the others
 * @param log whether its line is logarithmic
 * @param categories in their order; none for a line of numbers
 */
record StudyParameter(String path, String label, boolean log, List<String> categories) {
  /** The parameters that trials have, those of the space first and in its order. */
  static List<StudyParameter> of(Optional<SearchSpace> space, List<Trial> trials) {
    Map<String, Domain> domains = new LinkedHashMap<>();
    space.ifPresent(s -> s.parameters().forEach(p -> domains.put(p.path(), p.domain())));
    Set<String> paths = new LinkedHashSet<>();
    Map<String, Set<JsonNode>> values = new LinkedHashMap<>();
    for (Trial trial : trials) {
      trial
          .assignment()
          .forEach(
              (path, value) ->
                  values.computeIfAbsent(path, each -> new LinkedHashSet<>()).add(value));
    }
    space.ifPresent(s -> s.parameters().stream().map(Parameter::path).forEach(paths::add));
    paths.retainAll(values.keySet());
    paths.addAll(values.keySet());
    List<StudyParameter> parameters = new ArrayList<>();
    for (String path : paths) {
      parameters.add(of(path, label(path, paths), domains.get(path), values.get(path)));
    }
    return parameters;
  }

  /** A value as a person reads it. */
  static String text(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return Digits.alone(value.doubleValue());
    }
    return value.isTextual() ? value.textValue() : Json.line(value);
  }

  private static StudyParameter of(
      String path, String label, Domain domain, Collection<JsonNode> seen) {
    List<JsonNode> ends = domain == null ? List.of() : domain.bounds();
    Set<JsonNode> all = new LinkedHashSet<>(ends.containsAll(seen) ? ends : seen);
    all.addAll(seen);
    boolean numbers = all.stream().allMatch(JsonNode::isNumber);
    if (!numbers) {
      List<String> categories =
          all.stream().map(StudyParameter::text).distinct().collect(Collectors.toList());
      return new StudyParameter(path, label, false, categories);
    }
    return new StudyParameter(path, label, isLog(domain, ends), List.of());
  }

  /** Whether the middle of the domain lies nearer to the geometric mean of its ends. */
  private static boolean isLog(Domain domain, List<JsonNode> ends) {
    if (domain == null || ends.size() < 2) {
      return false;
    }
    double low = ends.stream().mapToDouble(JsonNode::doubleValue).min().orElse(0);
    double high = ends.stream().mapToDouble(JsonNode::doubleValue).max().orElse(0);
    JsonNode middle = domain.at(0.5);
    if (!(low > 0) || high < 4 * low || !middle.isNumber()) {
      return false;
    }
    double at = middle.doubleValue();
    return Math.abs(at - Math.sqrt(low * high)) < Math.abs(at - (low + high) / 2);
  }

  private static String label(String path, Set<String> paths) {
    String[] parts = path.split("\\.");
    for (int from = parts.length - 1; from > 0; from--) {
      String end = String.join(".", List.of(parts).subList(from, parts.length));
      if (paths.stream().filter(p -> p.equals(end) || p.endsWith("." + end)).count() == 1) {
        return end;
      }
    }
    return path;
  }
}
