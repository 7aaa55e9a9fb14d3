package dev.almanac.training.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.objective.Task;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainPlanTest {
  private static final List<TableSize> TABLES =
      List.of(
          new TableSize(Task.REGRESSION, 0, 1, 0, 0),
          new TableSize(Task.MULTICLASS, 900, 8, 0, 0),
          new TableSize(Task.BINARY, 30_000, 6, 6, 42),
          new TableSize(Task.REGRESSION, 250_000, 0, 3, 100_000),
          new TableSize(Task.REGRESSION, 50_000_000, 400, 20, 1000));

  private static TrainPlan plan(String section) {
    Problems problems = new Problems();
    TrainPlan plan = TrainPlan.read(tree(section), Set.of(), problems);
    assertEquals(List.of(), problems.texts());
    return plan;
  }

  private static JsonNode tree(String json) {
    try {
      return Json.mapper().readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode at(TrainConfig config, String path) {
    return config.json().at("/" + path.replace('.', '/'));
  }

  @Test
  void aSectionThatSaysNothingOfAModelLeavesItToTheDataset() {
    assertTrue(plan("{}").isOpen());
    assertTrue(plan("{'epochs': 3}").isOpen());
    assertTrue(plan("{'model': {'family': 'auto', 'hidden': [8]}}").isOpen());
    assertFalse(plan("{'model': {'hidden': [8]}}").isOpen());
    assertFalse(plan("{'model': {'family': 'linear'}}").isOpen());
  }

  @Test
  void whatIsSettledIsAModelThatTrainsAndTheSameEachTime() {
    for (TableSize table : TABLES) {
      TrainPlan plan = plan("{'task': '%s'}".formatted(table.task().text()));
      TrainConfig settled = plan.of(table);
      assertEquals("mlp", settled.model().family());
      assertEquals(table.task(), settled.task());
      assertFalse(TrainPlan.of(settled).isOpen());
      assertEquals(settled, TrainPlan.of(settled).of(table));
      assertEquals(settled, plan.of(table));
    }
  }

  @Test
  void largerTablesHaveLargerModelsAndBatchesAndFewerEpochs() {
    TrainConfig small = plan("{}").of(new TableSize(Task.REGRESSION, 900, 8, 0, 0));
    TrainConfig large = plan("{}").of(new TableSize(Task.REGRESSION, 900_000, 8, 0, 0));
    assertTrue(small.batches().size() < large.batches().size());
    assertTrue(small.length().epochs() > large.length().epochs());
    assertTrue(at(small, "model.dropout").doubleValue() > at(large, "model.dropout").doubleValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'batch-size': 77}|batch-size|77",
        "{'epochs': 3, 'model': {'family': 'auto', 'members': 1}}|model.members|1",
        "{'model': {'family': 'auto', 'hidden': [5]}}|model.hidden|[5]",
        "{'model': {'family': 'auto', 'dropout': 0.0}}|model.dropout|0.0",
        "{'optimizer': {'learning-rate': 0.25}}|optimizer.learning-rate|0.25",
        "{'optimizer': {'name': 'sgd', 'momentum': 0.5}}|optimizer.momentum|0.5",
        "{'optimizer': {'schedule': 'plateau', 'plateau': 4}}|optimizer.plateau|4",
        "{'loss': {'name': 'huber', 'delta': 0.5}}|loss.delta|0.5",
        "{'loss': {'name': 'squared'}}|loss.name|'squared'",
        "{'patience': 0}|patience|0",
        "{'seed': 9, 'device': 'cpu', 'threads': 3}|threads|3",
      })
  void whatIsWrittenHolds(String line) {
    String[] parts = line.split("\\|");
    TrainConfig settled = plan(parts[0]).of(new TableSize(Task.REGRESSION, 20_000, 5, 2, 30));
    assertEquals(tree(parts[2]), at(settled, parts[1]));
  }

  @Test
  void whatIsLeftOpenIsNotInTheSectionsText() {
    TrainPlan plan = plan("{'epochs': 3, 'optimizer': {'learning-rate': 0.1}}");
    assertEquals(tree("{'family': 'auto'}"), plan.json().get("model"));
    assertEquals(tree("{'learning-rate': 0.1}"), plan.json().get("optimizer"));
    assertEquals(3, plan.json().get("epochs").intValue());
    assertFalse(plan.json().has("batch-size"));
    assertFalse(plan.json().has("loss"));
    TableSize table = TABLES.get(0);
    assertEquals(plan.of(table), plan(plan.json().toString()).of(table));
  }
}
