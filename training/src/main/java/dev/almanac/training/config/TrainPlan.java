package dev.almanac.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How to train, as far as a config says it: with a model of family {@code auto}, or without a
 * {@code model:} section, the dataset settles what is left open. What is written holds.
 *
 * @param written the keys that are written, a family among them
 * @param usual what the section comes to before there is a dataset; complete
 */
public record TrainPlan(ObjectNode written, TrainConfig usual) {
  private static final String MODEL = "model";
  private static final String OPTIMIZER = "optimizer";
  private static final String LOSS = "loss";

  /** What a dataset may settle. */
  private static final List<String> OPEN =
      List.of(MODEL, LOSS, OPTIMIZER, "batch-size", "epochs", "patience");

  /**
   * Reads the section.
   *
   * @param beside as {@link TrainConfig#read}
   * @param problems likewise
   */
  public static TrainPlan read(JsonNode section, Set<String> beside, Problems problems) {
    ObjectNode written =
        section.isObject() ? section.deepCopy() : JsonNodeFactory.instance.objectNode();
    if (!written.hasNonNull(MODEL)) {
      written.putObject(MODEL).put(ModelFamilies.ALL.key(), ModelFamilies.AUTO);
    }
    TrainConfig usual = TrainConfig.read(section.isObject() ? written : section, beside, problems);
    return new TrainPlan(written.without(beside), usual);
  }

  /** Of settings that leave nothing open. */
  public static TrainPlan of(TrainConfig settled) {
    return new TrainPlan(settled.json(), settled);
  }

  /** Whether a dataset has something to settle. */
  public boolean isOpen() {
    return usual.model().family().equals(ModelFamilies.AUTO);
  }

  /** What the section comes to for a dataset. */
  public TrainConfig of(DatasetManifest manifest) {
    return isOpen() ? of(TableSize.of(usual.task(), manifest)) : usual;
  }

  TrainConfig of(TableSize table) {
    if (!isOpen()) {
      return usual;
    }
    ObjectNode settled = new AutoTrain(table).section();
    written.properties().forEach(at -> put(settled, at));
    Problems problems = new Problems();
    TrainConfig config = TrainConfig.read(settled, Set.of(), problems);
    problems.refuse();
    return config;
  }

  private static void put(ObjectNode settled, Map.Entry<String, JsonNode> written) {
    String key = written.getKey();
    JsonNode value = written.getValue();
    if (value.isNull()) {
      return;
    }
    if (key.equals(MODEL)) {
      ObjectNode model = ((ObjectNode) value.deepCopy()).without(ModelFamilies.ALL.key());
      ((ObjectNode) settled.get(MODEL)).setAll(model);
    } else if (key.equals(OPTIMIZER) && isOfSame((ObjectNode) settled.get(key), value)) {
      ((ObjectNode) settled.get(key)).setAll((ObjectNode) value);
    } else {
      settled.set(key, value);
    }
  }

  /** Whether settings are of the optimizer that was chosen here: others mean nothing to it. */
  private static boolean isOfSame(ObjectNode optimizer, JsonNode written) {
    String key = OptimizerConfig.OPTIMIZERS.key();
    return !written.hasNonNull(key) || written.get(key).equals(optimizer.get(key));
  }

  /** What is settled for a dataset, for a person. */
  public String settled(DatasetManifest manifest) {
    TrainConfig config = of(manifest);
    ObjectNode json = config.json();
    json.retain(OPEN);
    return "model auto: for %s %s"
        .formatted(TableSize.of(usual.task(), manifest).text(), words(json));
  }

  private static String words(JsonNode json) {
    return json.toString().replace("\"", "").replace(":", ": ").replace(",", ", ");
  }

  /** The section with every key that has a value, whatever the dataset. */
  public ObjectNode json() {
    ObjectNode json = usual.json();
    if (isOpen()) {
      OPEN.forEach(key -> keepWritten(json, key));
    }
    return json;
  }

  private void keepWritten(ObjectNode json, String key) {
    JsonNode value = written.get(key);
    if (value == null || value.isNull()) {
      json.remove(key);
    } else if (json.get(key) instanceof ObjectNode section) {
      section.retain(value.properties().stream().map(Map.Entry::getKey).toList());
    }
  }
}
