package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.run.Task;
import dev.almanac.training.run.TrainConfig;
import java.util.Arrays;
import java.util.List;

/** Reads the {@code train:} section, {@code runs} and {@code repeats} apart. */
final class TrainReader {
  private static final List<String> TASKS = Arrays.stream(Task.values()).map(Task::text).toList();

  private TrainReader() {}

  static TrainConfig read(Section section) {
    String task = section.word("task", Task.REGRESSION.text(), TASKS);
    ModelSettings model =
        ModelFamilies.readSettings(
            section.node("model").isMissingNode() ? null : section.node("model"),
            section.problems().of(section.path("model")));
    ObjectNode canonical = section.canonical().putObject("model");
    canonical.put("family", model.family());
    canonical.setAll(model.values().deepCopy());
    Section optimizer = section.section("optimizer");
    String name = optimizer.word("name", "adamw", List.of("sgd", "adam", "adamw"));
    double rate = optimizer.number("learning-rate", 0.001, value -> value > 0, "above 0");
    double decay = optimizer.number("weight-decay", 0.0, value -> value >= 0, "of 0 or more");
    String schedule =
        optimizer.word("schedule", "one-cycle", List.of("constant", "cosine", "one-cycle"));
    optimizer.close();
    int batchSize = section.integer("batch-size", 1024, 1, 1 << 24);
    int epochs = section.integer("epochs", 20, 1, 1_000_000);
    int patience = section.integer("patience", 3, 0, 1_000_000);
    long seed = section.integer("seed", 42L, Long.MIN_VALUE, Long.MAX_VALUE);
    String device = section.word("device", "auto", List.of("auto", "cpu", "gpu"));
    int threads = section.integer("threads", 0, 0, 4096);
    int mixed = section.integer("mixed-row-groups", 8, 1, 4096);
    section.close();
    return TASKS.contains(task)
        ? new TrainConfig(
            Task.of(task),
            new TrainConfig.ModelConfig(model.family(), model.values()),
            new TrainConfig.OptimizerConfig(name, rate, decay, schedule),
            batchSize,
            epochs,
            patience,
            seed,
            device,
            threads,
            mixed)
        : null;
  }
}
