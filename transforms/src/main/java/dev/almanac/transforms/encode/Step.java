package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.analyze.Analyzer;
import java.io.Serializable;
import java.util.List;

/** What is asked to be done to a feature before a model sees it; a fit turns it into an encoder. */
public sealed interface Step extends Serializable permits NumericStep, NominalStep {
  /** What has to be learned of the column in train, beside what every feature's encoder needs. */
  List<Class<? extends Analyzer<?>>> analyzers();

  /** How a config or an artifact spells the step. */
  @JsonValue
  default JsonNode json() {
    return Steps.write(this);
  }
}
