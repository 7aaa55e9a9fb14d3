package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.almanac.transforms.feature.Features;
import dev.almanac.transforms.feature.RowFeature;
import java.util.List;

/** Reads the {@code features:} list. */
final class FeaturesReader {
  private FeaturesReader() {}

  static List<RowFeature> read(Section root) {
    JsonNode list = root.node("features");
    List<RowFeature> features =
        list.isMissingNode() ? List.of() : Features.read(list, root.problems().of("features"));
    ArrayNode canonical = root.canonical().putArray("features");
    features.forEach(feature -> canonical.add(Features.write(feature)));
    return features;
  }
}
