package dev.almanac.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.objective.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of {@link AutoSpace} that are good on many tables, as they suit classes. */
record AutoPoint(
    List<Integer> hidden,
    int members,
    double dropout,
    String embedding,
    int bins,
    double rate,
    double decay,
    int epochs) {
  private static final String BINS = "piecewise-linear";
  private static final int MOST_EPOCHS = 64;

  static final List<AutoPoint> ALL =
      List.of(
          new AutoPoint(List.of(256, 128), 8, 0.1, BINS, 64, 0.005, 0.05, 16),
          new AutoPoint(List.of(128, 128), 8, 0.25, BINS, 16, 0.002, 0.2, 16),
          new AutoPoint(List.of(256, 256), 8, 0.1, "both", 64, 0.004, 0.05, 32),
          new AutoPoint(List.of(64, 64), 4, 0.2, "none", 16, 0.01, 0.1, 16),
          new AutoPoint(List.of(256, 256, 128), 4, 0.1, BINS, 64, 0.003, 0.02, 32),
          new AutoPoint(List.of(128, 128), 16, 0.1, "both", 16, 0.008, 0.1, 8));

  /** One value for each parameter of a space that exists here, in its order. */
  Map<String, JsonNode> values(Task task, ObjectNode space) {
    ObjectNode all = all(task.isClassification());
    Map<String, JsonNode> values = new LinkedHashMap<>();
    space
        .properties()
        .forEach(
            parameter -> {
              String path = parameter.getKey();
              // The first of a choice, where this says nothing of it.
              JsonNode value =
                  all.has(path) ? all.get(path) : parameter.getValue().path("choice").path(0);
              if (!value.isNull()) {
                values.put(path, value);
              }
            });
    return values;
  }

  /** Null for what does not exist here. */
  private ObjectNode all(boolean classes) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    hidden.forEach(all.putArray("train.model.hidden")::add);
    all.put("train.model.members", members);
    // A number is met better without.
    all.put("train.model.dropout", classes ? dropout : Math.max(0, (10 * dropout - 1) / 10));
    all.put("train.model.numeric-embedding", embedding);
    all.set("train.model.bins", embedding.equals("none") ? null : all.numberNode(bins));
    all.set("train.model.frequency-scale", embedding.equals("both") ? all.numberNode(0.1) : null);
    all.put("train.optimizer.learning-rate", rate);
    all.put("train.optimizer.weight-decay", decay);
    all.put("train.epochs", classes ? epochs : Math.min(MOST_EPOCHS, 2 * epochs));
    return all;
  }
}
