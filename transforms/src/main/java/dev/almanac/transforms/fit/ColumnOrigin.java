package dev.almanac.transforms.fit;

import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.Output;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A column of the source and all that a model reads of it.
 *
 * @param name of the source column; of those that come to the same encoded columns, such as a
 *     number and its quality flags, the one that is a feature itself
 * @param encoded each encoded feature that is computed from it, alone or with others; never empty
 */
public record ColumnOrigin(String name, List<String> encoded) {
  public ColumnOrigin {
    encoded = List.copyOf(encoded);
  }

  /** Of every source column that a feature depends on, in the source's order. */
  public static List<ColumnOrigin> of(FittedTransform transform) {
    Map<String, List<String>> encodedOf = new LinkedHashMap<>();
    for (Encoder encoder : transform.encoders()) {
      encodedOf.put(encoder.column(), encoder.outputs().stream().map(Output::name).toList());
    }
    Map<String, List<String>> bySource = new LinkedHashMap<>();
    transform.inputs().forEach(input -> bySource.put(input.name(), new ArrayList<>()));
    encodedOf.forEach(
        (column, encoded) ->
            sources(transform.features(), column)
                .forEach(source -> bySource.get(source).addAll(encoded)));
    Map<List<String>, List<String>> byEncoded = new LinkedHashMap<>();
    bySource.forEach(
        (source, encoded) -> {
          if (!encoded.isEmpty()) {
            byEncoded.computeIfAbsent(encoded, unused -> new ArrayList<>()).add(source);
          }
        });
    List<ColumnOrigin> origins = new ArrayList<>();
    byEncoded.forEach((encoded, sources) -> origins.add(of(sources, encoded, encodedOf.keySet())));
    return origins;
  }

  private static ColumnOrigin of(List<String> sources, List<String> encoded, Set<String> features) {
    List<String> own = sources.stream().filter(features::contains).toList();
    return new ColumnOrigin(String.join(" + ", own.isEmpty() ? sources : own), encoded);
  }

  private static Set<String> sources(FeaturePlan features, String column) {
    FeaturePlan needed = features.computing(List.of(column));
    Set<String> sources = new LinkedHashSet<>(needed.inputs());
    if (features.inputSchema().contains(column)) {
      sources.add(column);
    }
    return sources;
  }
}
