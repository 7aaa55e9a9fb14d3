package dev.almanac.training.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoSpaceTest {
  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) Json.mapper().readTree(json.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TrainPlan plan(ObjectNode section) {
    Problems problems = new Problems();
    TrainPlan plan = TrainPlan.read(section, Set.of(), problems);
    assertEquals(List.of(), problems.texts(), section.toString());
    return plan;
  }

  private static ObjectNode space(String section) {
    return new AutoSpace(plan(tree(section)), "validation.mae").space();
  }

  private static SearchSpace read(ObjectNode space) {
    Problems problems = new Problems();
    SearchSpace read = SearchSpaceReader.read(space, problems);
    assertEquals(List.of(), problems.texts());
    return read;
  }

  @ParameterizedTest
  @ValueSource(strings = {"regression", "binary", "multiclass"})
  void everyEndOfEveryParameterIsAValueOfTheConfig(String task) {
    SearchSpace space = read(space("{'task': '%s'}".formatted(task)));
    assertTrue(space.parameters().size() > 8);
    for (Parameter parameter : space.parameters()) {
      for (JsonNode value : parameter.domain().bounds()) {
        ObjectNode section = tree("{'task': '%s', 'model': {'family': 'auto'}}".formatted(task));
        String[] keys = parameter.path().split("\\.");
        ObjectNode below = section;
        for (int i = 1; i < keys.length - 1; i++) {
          below = below.withObject("/" + keys[i]);
        }
        below.set(keys[keys.length - 1], value);
        plan(section);
      }
    }
  }

  @Test
  void everyFamilyHasASpaceThatItTakes() {
    for (String family : ModelFamilies.ALL.names()) {
      ObjectNode space = space("{'model': {'family': '%s'}}".formatted(family));
      assertEquals(
          tree("{'choice': ['%s']}".formatted(family)), space.get("train.model.family"), family);
      read(space);
      assertEquals(!family.equals("linear"), space.has("train.model.numeric-embedding"));
      assertEquals(family.equals("auto"), space.has("train.model.hidden"));
    }
  }

  @Test
  void whatIsWrittenIsNotVaried() {
    ObjectNode space =
        space(
            "{'model': {'family': 'auto', 'hidden': [9], 'numeric-embedding': 'none'}, 'epochs': 4, 'loss': {'name': 'squared'}, 'optimizer': {'learning-rate': 0.1}}");
    for (String key :
        List.of(
            "model.hidden",
            "model.numeric-embedding",
            "model.bins",
            "model.frequency-scale",
            "epochs",
            "loss.name",
            "optimizer.learning-rate")) {
      assertFalse(space.has("train." + key), key);
    }
    assertTrue(space.has("train.optimizer.weight-decay"));
    assertTrue(space.has("train.model.dropout"));
    read(space);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'task': 'binary'}",
        "{'model': {'family': 'auto', 'numeric-embedding': 'none'}, 'epochs': 4}",
        "{'model': {'family': 'resnet'}}",
        "{'model': {'family': 'linear'}}",
      })
  void thePointsAreOfTheSpaceAndDiffer(String section) {
    AutoSpace auto = new AutoSpace(plan(tree(section)), "validation.mae");
    SearchSpace space = read(auto.space());
    List<Map<String, JsonNode>> points = auto.points();
    assertEquals(points.size(), Set.copyOf(points).size());
    assertTrue(points.size() > 1);
    for (Map<String, JsonNode> point : points) {
      assertEquals(point, space.assign(parameter -> point.get(parameter.path())));
      for (Parameter parameter : space.parameters()) {
        JsonNode value = point.get(parameter.path());
        List<JsonNode> bounds = List.copyOf(parameter.domain().bounds());
        if (value != null && !bounds.contains(value)) {
          assertTrue(value.doubleValue() > bounds.get(0).doubleValue(), parameter.path());
          assertTrue(value.doubleValue() < bounds.get(1).doubleValue(), parameter.path());
        }
      }
    }
  }

  @Test
  void theLossLeadsToTheMetric() {
    TrainPlan plan = plan(tree("{}"));
    String loss = "train.loss.name";
    assertEquals(
        tree("{'choice': ['absolute', 'huber']}"),
        new AutoSpace(plan, "validation.mae").space().get(loss));
    assertEquals(
        tree("{'choice': ['squared', 'huber']}"),
        new AutoSpace(plan, "validation.rmse").space().get(loss));
  }
}
