package dev.almanac.transforms.fit;

import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.Output;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of source files that each column of a transform is computed of, by their names in the
 * files.
 *
 * @param encoded of the features that a model reads, and of the label
 * @param kept of the columns that ride along
 */
public record ColumnLineage(Map<String, List<String>> encoded, Map<String, List<String>> kept) {
  public ColumnLineage {
    encoded = Collections.unmodifiableMap(new LinkedHashMap<>(encoded));
    kept = Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }

  /** Of all that a transform gives. */
  public static ColumnLineage of(FittedTransform transform) {
    Map<String, String> names = new LinkedHashMap<>();
    transform.inputs().forEach(input -> names.put(input.name(), input.source()));
    Map<String, List<String>> encoded = new LinkedHashMap<>();
    for (Encoder encoder : transform.encoders()) {
      List<String> sources = sources(transform.features(), encoder.column(), names);
      for (Output output : encoder.outputs()) {
        encoded.put(output.name(), sources);
      }
    }
    if (transform.label() != null) {
      String label = transform.label().column();
      encoded.put(label, sources(transform.features(), label, names));
    }
    Map<String, List<String>> kept = new LinkedHashMap<>();
    for (String column : transform.keep()) {
      kept.put(OutputColumns.kept(column), sources(transform.features(), column, names));
    }
    return new ColumnLineage(encoded, kept);
  }

  private static List<String> sources(
      FeaturePlan features, String column, Map<String, String> names) {
    FeaturePlan needed = features.computing(List.of(column));
    List<String> inputs = needed.features().isEmpty() ? List.of(column) : needed.inputs();
    return inputs.stream().map(names::get).distinct().toList();
  }

  /** Those that any feature, or the label, is computed of. */
  public Set<String> sources() {
    Set<String> all = new LinkedHashSet<>();
    encoded.values().forEach(all::addAll);
    return all;
  }
}
