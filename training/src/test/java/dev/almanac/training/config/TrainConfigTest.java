package dev.almanac.training.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.objective.LossChoice;
import dev.almanac.training.objective.Task;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainConfigTest {
  /** A section for every word that a config may choose, of each task. */
  private static List<String> sections() {
    List<String> sections = new ArrayList<>();
    for (Task task : Task.values()) {
      String of = "{\"task\": \"%s\", %s}";
      for (String name : LossChoice.of(task).names()) {
        sections.add(of.formatted(task.text(), "\"loss\": {\"name\": \"%s\"}".formatted(name)));
      }
      for (String name : OptimizerConfig.OPTIMIZERS.names()) {
        for (String schedule : OptimizerConfig.SCHEDULES.names()) {
          sections.add(
              of.formatted(
                  task.text(),
                  "\"optimizer\": {\"name\": \"%s\", \"schedule\": \"%s\"}"
                      .formatted(name, schedule)));
        }
      }
      for (String family : ModelFamilies.ALL.names()) {
        sections.add(
            of.formatted(task.text(), "\"model\": {\"family\": \"%s\"}".formatted(family)));
      }
      for (String device : DeviceChoice.names()) {
        sections.add(of.formatted(task.text(), "\"device\": \"%s\"".formatted(device)));
      }
    }
    return sections;
  }

  @ParameterizedTest
  @MethodSource("sections")
  void whatIsWrittenIsTheWholeFormAndReadsAsItself(String section) throws IOException {
    ObjectNode given = (ObjectNode) Json.tree(section, "test");
    Problems problems = new Problems();
    TrainConfig config = TrainConfig.read(given, Set.of(), problems);
    assertEquals(List.of(), problems.texts());
    ObjectNode whole = TrainForm.of(config.task()).read(given, Set.of(), new Problems()).values();
    assertEquals(Json.line(whole), Json.line(config));
    assertEquals(config, Json.read(Json.line(config), TrainConfig.class, "test"));
  }

  @Test
  void valuesThatAreGivenAreKept() throws IOException {
    String section =
        "{\"task\":\"binary\",\"model\":{\"family\":\"linear\"},"
            + "\"loss\":{\"name\":\"cross-entropy\",\"balanced\":true,\"class-weights\":{\"no\":2.5}},"
            + "\"optimizer\":{\"name\":\"sgd\",\"weight-decay\":0.1,\"momentum\":0.5,\"learning-rate\":0.25,"
            + "\"schedule\":\"plateau\",\"warm-up\":0.25,\"factor\":0.5,\"plateau\":7,\"clip-norm\":3.0,\"average-decay\":0.75},"
            + "\"batch-size\":12,\"accumulate\":3,\"precision\":\"bfloat16\",\"epochs\":4,\"patience\":5,"
            + "\"checkpoint\":{\"seconds\":6,\"steps\":7},\"seed\":-8,\"device\":\"cpu\",\"threads\":9,\"mixed-row-groups\":10}";
    assertEquals(section, Json.line(Json.read(section, TrainConfig.class, "test")));
  }

  @Test
  void anotherTaskHasOtherLosses() throws IOException {
    Problems problems = new Problems();
    TrainConfig.read(
        Json.tree("{\"task\": \"binary\", \"loss\": {\"name\": \"huber\"}}", "test"),
        Set.of(),
        problems);
    assertEquals(List.of("loss.name: must be one of cross-entropy (huber)"), problems.texts());
  }

  @Test
  void aKeyOfAnotherChoiceIsSaidWithTheChoiceThatWasMade() throws IOException {
    Problems problems = new Problems();
    TrainConfig.read(Json.tree("{\"optimizer\": {\"momentum\": 0.9}}", "test"), Set.of(), problems);
    String text = problems.texts().get(0);
    assertEquals(1, problems.count());
    assertTrue(
        text.startsWith("optimizer.momentum: unknown key (known keys of adamw and one-cycle: "),
        text);
  }
}
