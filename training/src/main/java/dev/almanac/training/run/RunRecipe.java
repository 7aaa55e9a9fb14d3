package dev.almanac.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.List;

/**
 * What weights come from.
 *
 * @param config the whole config as it was given, for people and for a rerun; may be null
 * @param columns what the model reads, in its order
 * @param parameters how many weights the model has
 * @param code that makes weights of all this
 * @param members the runs whose models it averages, whose first the config and settings are of;
 *     null when it was trained
 */
public record RunRecipe(
    DatasetReference dataset,
    JsonNode config,
    TrainConfig train,
    DatasetColumns columns,
    long parameters,
    RunCode code,
    List<String> members) {
  public RunRecipe {
    members = members == null || members.isEmpty() ? null : List.copyOf(members);
  }

  /** The same, of the mean of the models of these runs. */
  public RunRecipe averaging(List<String> runs) {
    return new RunRecipe(dataset, config, train, columns, parameters, code, runs);
  }

  /** The dataset that a run read. */
  public record DatasetReference(String path, String name, String hash, String transformHash) {}
}
