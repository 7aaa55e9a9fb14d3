package dev.almanac.transforms.encode;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/** What is asked to be done to a feature before a model sees it; a fit turns it into an encoder. */
public sealed interface Step extends Serializable permits NumericStep, NominalStep {
  /** How a config or an artifact spells the step. */
  @JsonValue
  default JsonNode json() {
    return Steps.write(this);
  }
}
