package dev.almanac.training.run.find;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecipe;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the facts of a run from its files. */
public final class RunFacts {
  /** Characters of a text that is kept: a value may be as long as a file. */
  private static final int LONGEST = 4000;

  /** Begins the keys of what is only shown: by split the metric that a person looks at first. */
  public static final String HEADLINE = "~";

  private final Map<String, Value> facts = new LinkedHashMap<>();

  private RunFacts() {}

  /**
   * All facts by the names of their keys.
   *
   * @param epochs those so far
   */
  public static Map<String, Value> of(Run run, Labels labels, List<EpochRecord> epochs) {
    RunFacts facts = new RunFacts();
    facts.record(run.record());
    facts.labels(labels);
    facts.metrics(run.record(), epochs);
    return facts.facts;
  }

  private void record(RunRecord record) {
    text("state", record.status().text());
    text("reason", record.reason());
    text("created", record.created());
    text("ended", record.finished());
    if (record.config() != null) {
      text("name", record.config().path("name").asText(null));
    }
    RunRecipe.DatasetReference dataset = record.dataset();
    text("dataset", dataset.name());
    text("dataset.hash", dataset.hash());
    text("dataset.path", dataset.path());
    RunSeries.Group repeats = record.group();
    if (repeats != null) {
      text("repeats", repeats.id());
      text(HEADLINE + "repeats", "%s/%s".formatted(repeats.number(), repeats.size()));
    }
    if (record.trial() != null) {
      text("study", record.trial().study());
      number("trial", (double) record.trial().number());
    }
    number("seed", (double) record.train().seed());
    number("parameters", (double) record.parameters());
    flatten("code", Json.mapper().valueToTree(record.recipe().code()));
    flatten("machine", Json.mapper().valueToTree(record.machine()));
    JsonNode config = record.config();
    if (config == null) {
      flatten("params.train", Json.mapper().valueToTree(record.train()));
    } else {
      flatten("params", config);
    }
  }

  private void labels(Labels labels) {
    text("group", labels.group());
    text("note", labels.note());
    labels.tags().forEach((key, value) -> text("tags." + key, value));
  }

  private void metrics(RunRecord record, List<EpochRecord> epochs) {
    EpochRecord kept = null;
    for (EpochRecord epoch : epochs) {
      kept = kept == null || epoch.best() ? epoch : kept;
      series("metrics.train.loss", epoch.trainLoss());
      series("metrics.validation.loss", epoch.validationLoss());
      epoch.validation().forEach((name, value) -> series("metrics.validation." + name, value));
    }
    if (kept != null) {
      number("metrics.train.loss", kept.trainLoss());
      number("metrics.validation.loss", kept.validationLoss());
      kept.validation().forEach((name, value) -> number("metrics.validation." + name, value));
      headline("validation", kept.validation());
      number("epochs", (double) epochs.get(epochs.size() - 1).epoch());
      number("best-epoch", (double) kept.epoch());
    }
    RunOutcome.Result result = record.result();
    if (result != null) {
      number("epochs", (double) result.epochs());
      number("best-epoch", (double) result.bestEpoch());
      number("metrics.train.loss", result.trainLoss());
      number("metrics.validation.loss", result.validationLoss());
      number("seconds", result.speed().seconds());
      number("rows-per-second", result.speed().rowsPerSecond());
    }
    record
        .metrics()
        .forEach(
            (split, values) -> {
              values.forEach((name, value) -> number("metrics." + split + "." + name, value));
              headline(split, values);
            });
  }

  private void headline(String split, Map<String, Double> values) {
    values.entrySet().stream()
        .filter(metric -> metric.getValue() != null)
        .findFirst()
        .ifPresent(metric -> text(HEADLINE + split, metric.getKey()));
  }

  /** One epoch more of a series. */
  private void series(String key, Double value) {
    if (value == null) {
      return;
    }
    facts.put(key + ".last", Value.of(value));
    if (!value.isNaN()) {
      facts.merge(key + ".min", Value.of(value), (a, b) -> a.number() <= b.number() ? a : b);
      facts.merge(key + ".max", Value.of(value), (a, b) -> a.number() >= b.number() ? a : b);
    }
  }

  private void flatten(String path, JsonNode node) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(child -> flatten(path + "." + child.getKey(), child.getValue()));
    } else if (node.isNumber()) {
      number(path, node.doubleValue());
    } else if (!node.isNull()) {
      text(path, node.isTextual() ? node.textValue() : Json.line(node));
    }
  }

  private void text(String key, String value) {
    if (value != null) {
      facts.put(key, Value.of(value.substring(0, Math.min(LONGEST, value.length()))));
    }
  }

  private void number(String key, Double value) {
    if (value != null) {
      facts.put(key, Value.of(value));
    }
  }
}
