package dev.almanac.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.objective.LossChoice;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.objective.Task;
import dev.almanac.training.optimize.Constant;
import dev.almanac.training.optimize.Optimizer;
import dev.almanac.training.optimize.Sgd;
import dev.almanac.training.setting.Form;
import dev.almanac.training.setting.Settings;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.train.TrainingLoop;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Small learning problems for tests. */
public final class Problem {
  /** The processor, unless `training/gpu-check` asks for another device. */
  public static final Compute COMPUTE =
      Compute.start(DeviceChoice.of(System.getProperty("almanac.device", "cpu")), 1);

  private Problem() {}

  /** Of a {@code model:} section. */
  public static ModelSettings settings(String model) {
    Problems problems = new Problems();
    ModelSettings settings = ModelSettings.read(tree(model), problems);
    problems.refuse();
    return settings;
  }

  /** A small training by a constant learning rate. */
  public static TrainConfig config(
      Task task, String model, String optimizer, double rate, int epochs) {
    ObjectNode section = tree("{\"batch-size\": 64, \"patience\": 0, \"seed\": 7, \"threads\": 1}");
    section.put("task", task.text()).put("epochs", epochs).put("mixed-row-groups", 2);
    section.put("device", COMPUTE.isHere() ? "cpu" : "gpu").set("model", tree(model));
    section
        .putObject("optimizer")
        .put("name", optimizer)
        .put("learning-rate", rate)
        .put("schedule", "constant");
    Problems problems = new Problems();
    TrainConfig config = TrainConfig.read(section, Set.of(), problems);
    problems.refuse();
    return config;
  }

  /** A config with other values for some keys. */
  public static TrainConfig changed(TrainConfig config, String json) {
    return config.with(tree(json));
  }

  /** Of an {@code optimizer:} section. */
  public static Optimizer optimizer(String section) {
    Problems problems = new Problems();
    Settings chosen = Form.of(OptimizerConfig.OPTIMIZERS).read(tree(section), Set.of(), problems);
    problems.refuse();
    return OptimizerConfig.OPTIMIZERS.chosen(chosen).make(chosen);
  }

  /** Steps along the gradient itself. */
  public static OptimizerConfig descent(double rate) {
    return OptimizerConfig.of(new Sgd(0, 0.9), rate, new Constant(0));
  }

  private static ObjectNode tree(String json) {
    try {
      return (ObjectNode) Json.tree(json, "test");
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Objective objective(Task task, DatasetColumns columns) {
    return Objective.of(task, LossChoice.usual(task), columns.label(), null);
  }

  public static TrainingLoop loop(TrainConfig config, DatasetColumns columns) {
    Objective objective = Objective.of(config.task(), config.loss(), columns.label(), null);
    return new TrainingLoop(config, columns, objective, COMPUTE);
  }

  public static DatasetColumns.Label number(double mean, double deviation) {
    return new DatasetColumns.Label("y", mean, deviation, null);
  }

  public static DatasetColumns.Label classes(String... classes) {
    return new DatasetColumns.Label("y", null, null, List.of(classes));
  }

  public static DatasetColumns columns(
      int numeric, List<DatasetColumns.Category> nominal, DatasetColumns.Label label) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < numeric; i++) {
      names.add("x" + i);
    }
    return new DatasetColumns(names, nominal, label, List.of());
  }

  public static DatasetColumns.Category category(String name, int cardinality) {
    return new DatasetColumns.Category(name, cardinality);
  }

  public static ModelShape shape(DatasetColumns columns, int outputs) {
    return new ModelShape(columns.numeric().size(), columns.nominal(), outputs);
  }

  /** Rows of normal features and uniform categories from 2 on; labels are 0. */
  public static ArraySource features(
      int rows, int numeric, List<DatasetColumns.Category> nominal, long seed, int batchSize) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] x = new float[rows][numeric];
    int[][] c = new int[rows][nominal.size()];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < numeric; i++) {
        x[row][i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < c[row].length; i++) {
        c[row][i] = random.nextInt(2, nominal.get(i).cardinality());
      }
    }
    return new ArraySource(x, c, new float[rows], batchSize);
  }
}
