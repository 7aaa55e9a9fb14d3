package dev.almanac.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What is worth varying around a plan, as the {@code search.space:} of a config: what moves results
 * most on tables, in ranges that good models are found in. What is written is not varied; what
 * neither is written nor varied is settled as without a search.
 *
 * @param metric that is looked at, such as {@code validation.mae}
 */
public record AutoSpace(TrainPlan plan, String metric) {
  /** The word that stands for it in a config. */
  public static final String WORD = "auto";

  private static final String CHOICE = "choice";
  private static final String EMBEDDING = "model.numeric-embedding";

  /** The space; a new tree. It always has the model's family, if only as it is. */
  public ObjectNode space() {
    ObjectNode space = JsonNodeFactory.instance.objectNode();
    String family = plan.usual().model().family();
    space.putObject("train.model.family").putArray(CHOICE).add(family);
    if (plan.isOpen()) {
      shape(space);
    }
    if (!family.equals("linear")) {
      numbers(space);
    }
    if (!plan.usual().task().isClassification()) {
      loss(space);
    }
    if (!isWritten("optimizer.name")) {
      range(space, "optimizer.learning-rate", "log-uniform", 0.0007, 0.015);
      range(space, "optimizer.weight-decay", "log-uniform", 0.003, 0.5);
    }
    if (plan.usual().task().isClassification()) {
      choice(space, "epochs", 8, 16, 32);
    } else {
      choice(space, "epochs", 16, 32, 64);
    }
    return space;
  }

  /**
   * Values that are worth trying before any others, best first: what suits most tables, then models
   * that differ from it in size, regularity and in how numbers enter. Each has what the space has.
   */
  public List<Map<String, JsonNode>> points() {
    ObjectNode space = space();
    return AutoPoint.ALL.stream()
        .map(point -> point.values(plan.usual().task(), space))
        .distinct()
        .toList();
  }

  private void shape(ObjectNode space) {
    if (!isWritten("model.hidden")) {
      ObjectNode parameter = space.putObject("train.model.hidden");
      for (List<Integer> hidden :
          List.of(
              List.of(64, 64),
              List.of(128, 128),
              List.of(256, 128),
              List.of(256, 256),
              List.of(256, 256, 128))) {
        hidden.forEach(parameter.withArray(CHOICE).addArray()::add);
      }
    }
    choice(space, "model.members", 1, 4, 8, 16);
    range(space, "model.dropout", "float", 0, 0.4);
  }

  /** How numbers enter. */
  private void numbers(ObjectNode space) {
    if (isWritten(EMBEDDING)) {
      return;
    }
    ObjectNode embedding = space.putObject("train." + EMBEDDING);
    List.of("none", "piecewise-linear", "periodic", "both")
        .forEach(embedding.putArray(CHOICE)::add);
    choice(space, "model.bins", 8, 16, 32, 64);
    when(space, "model.bins", "piecewise-linear");
    range(space, "model.frequency-scale", "log-uniform", 0.02, 1);
    when(space, "model.frequency-scale", "periodic");
  }

  private static void when(ObjectNode space, String key, String embedding) {
    if (space.get("train." + key) instanceof ObjectNode parameter) {
      parameter.putObject("when").putArray("train." + EMBEDDING).add(embedding).add("both");
    }
  }

  /** Losses that lead to the metric. */
  private void loss(ObjectNode space) {
    if (!isWritten("loss")) {
      String first = metric.endsWith("mae") ? "absolute" : "squared";
      space.putObject("train.loss.name").putArray(CHOICE).add(first).add("huber");
    }
  }

  private void choice(ObjectNode space, String key, int... values) {
    if (!isWritten(key)) {
      ObjectNode parameter = space.putObject("train." + key);
      for (int value : values) {
        parameter.withArray(CHOICE).add(value);
      }
    }
  }

  private void range(ObjectNode space, String key, String domain, double low, double high) {
    if (!isWritten(key)) {
      space.putObject("train." + key).putArray(domain).add(low).add(high);
    }
  }

  private boolean isWritten(String key) {
    JsonNode node = plan.written().at("/" + key.replace('.', '/'));
    return !node.isMissingNode() && !node.isNull();
  }
}
