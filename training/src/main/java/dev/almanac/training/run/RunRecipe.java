package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.transforms.manifest.DatasetColumns;

/**
 * What weights come from.
 *
 * @param config the whole config as it was given, for people and for a rerun; may be null
 * @param columns what the model reads, in its order
 * @param parameters how many weights the model has
 * @param code that makes weights of all this
 */
public record RunRecipe(
    DatasetReference dataset,
    JsonNode config,
    TrainConfig train,
    DatasetColumns columns,
    long parameters,
    RunCode code) {
  /** The dataset that a run read. */
  public record DatasetReference(String path, String name, String hash, String transformHash) {}
}
