package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.config.Task;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.ModelSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code train:} section, {@code runs} and {@code repeats} apart. */
final class TrainReader {
  private static final List<String> TASKS = Arrays.stream(Task.values()).map(Task::text).toList();

  private static final List<String> PRECISIONS = Precision.names();

  private static final String POSITIVE = "above 0 that float32 holds, 1.2e-38 to 3.4e38";
  private static final String SIZE = "of 0 or more that float32 holds, up to 3.4e38";

  private TrainReader() {}

  private static boolean isPositive(double value) {
    return value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE;
  }

  private static boolean isSize(double value) {
    return value >= 0 && value <= Float.MAX_VALUE;
  }

  static TrainConfig read(Section section) {
    String task = section.word("task", Task.REGRESSION.text(), TASKS);
    ModelSettings model =
        ModelFamilies.readSettings(
            section.node("model").isMissingNode() ? null : section.node("model"),
            section.problems().at("model"));
    ObjectNode canonical = section.canonical().putObject("model");
    canonical.put("family", model.family());
    canonical.setAll(model.values().deepCopy());
    TrainConfig.LossConfig loss = loss(section.section("loss"), task);
    TrainConfig.OptimizerConfig optimizer = optimizer(section.section("optimizer"));
    int batchSize = section.integer("batch-size", 1024, 1, 1 << 24);
    int accumulate = section.integer("accumulate", 1, 1, 1 << 20);
    String precision = section.word("precision", PRECISIONS.get(0), PRECISIONS);
    int epochs = section.integer("epochs", 20, 1, 1_000_000);
    int patience = section.integer("patience", 3, 0, 1_000_000);
    TrainConfig.CheckpointConfig checkpoint = checkpoint(section.section("checkpoint"));
    long seed = section.integer("seed", 42L, Long.MIN_VALUE, Long.MAX_VALUE);
    String device = section.word("device", "auto", List.of("auto", "cpu", "gpu"));
    int threads = section.integer("threads", 0, 0, 4096);
    int mixed = section.integer("mixed-row-groups", 8, 1, 4096);
    section.close();
    return TASKS.contains(task) && PRECISIONS.contains(precision)
        ? new TrainConfig(
            Task.of(task),
            new TrainConfig.ModelConfig(model.family(), model.values()),
            loss,
            optimizer,
            batchSize,
            accumulate,
            Precision.of(precision),
            epochs,
            patience,
            checkpoint,
            seed,
            device,
            threads,
            mixed)
        : null;
  }

  private static TrainConfig.LossConfig loss(Section section, String task) {
    boolean number = Task.REGRESSION.text().equals(task);
    String name =
        section.word(
            "name",
            number ? "squared" : "cross-entropy",
            number
                ? List.of("squared", "absolute", "huber", "quantile")
                : List.of("cross-entropy"));
    double delta =
        "huber".equals(name) ? section.number("delta", 1, TrainReader::isPositive, POSITIVE) : 1;
    double quantile =
        "quantile".equals(name)
            ? section.number("quantile", 0.5, value -> value > 0 && value < 1, "between 0 and 1")
            : 0.5;
    boolean balanced = !number && section.flag("balanced", false);
    Map<String, Double> weights = new LinkedHashMap<>();
    if (!number) {
      Section classes = section.section("class-weights");
      for (String of : classes.keys()) {
        weights.put(of, classes.number(of, 1, TrainReader::isPositive, POSITIVE));
      }
      classes.close();
    }
    section.close();
    return new TrainConfig.LossConfig(name, delta, quantile, balanced, weights);
  }

  private static TrainConfig.OptimizerConfig optimizer(Section section) {
    String name = section.word("name", "adamw", List.of("sgd", "adam", "adamw"));
    boolean sgd = "sgd".equals(name);
    double rate = section.number("learning-rate", 0.001, TrainReader::isPositive, POSITIVE);
    double decay = section.number("weight-decay", 0.0, TrainReader::isSize, SIZE);
    double momentum = sgd ? share(section, "momentum", 0.9) : 0.9;
    double beta1 = sgd ? 0.9 : share(section, "beta-1", 0.9);
    double beta2 = sgd ? 0.999 : share(section, "beta-2", 0.999);
    String schedule =
        section.word(
            "schedule", "one-cycle", List.of("constant", "cosine", "one-cycle", "plateau"));
    boolean plateau = "plateau".equals(schedule);
    double warmUp = "one-cycle".equals(schedule) ? 0 : share(section, "warm-up", 0);
    double factor =
        plateau
            ? section.number("factor", 0.1, value -> value > 0 && value < 1, "between 0 and 1")
            : 0.1;
    int waiting = plateau ? section.integer("plateau", 2, 0, 1_000_000) : 2;
    double clip = section.number("clip-norm", 0, TrainReader::isSize, SIZE);
    double average = share(section, "average-decay", 0);
    section.close();
    return new TrainConfig.OptimizerConfig(
        name, rate, decay, momentum, beta1, beta2, schedule, warmUp, factor, waiting, clip,
        average);
  }

  private static double share(Section section, String key, double otherwise) {
    return section.number(key, otherwise, value -> value >= 0 && value < 1, "from 0 to below 1");
  }

  private static TrainConfig.CheckpointConfig checkpoint(Section section) {
    int seconds = section.integer("seconds", 60, 0, 1_000_000);
    int steps = section.integer("steps", 0, 0, Integer.MAX_VALUE);
    section.close();
    return new TrainConfig.CheckpointConfig(seconds, steps);
  }
}
