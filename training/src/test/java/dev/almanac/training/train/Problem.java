package dev.almanac.training.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.config.Task;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.ArraySource;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small learning problems for tests. */
public final class Problem {
  /** The processor, unless `training/gpu-check` asks for another device. */
  public static final Compute COMPUTE =
      Compute.start(System.getProperty("almanac.device", "cpu"), 1);

  private Problem() {}

  public static ModelSettings settings(String model) {
    Problems problems = new Problems();
    try {
      ModelSettings settings = ModelFamilies.readSettings(Json.tree(model, "test"), problems);
      if (problems.isEmpty()) {
        return settings;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
    throw new IllegalArgumentException(problems.texts().toString());
  }

  public static TrainConfig config(
      Task task, String model, String optimizer, double rate, int epochs) {
    ModelSettings settings = settings(model);
    return new TrainConfig(
        task,
        new TrainConfig.ModelConfig(settings.family(), settings.values()),
        TrainConfig.LossConfig.of(task),
        TrainConfig.OptimizerConfig.of(optimizer, rate, 0, "constant"),
        64,
        1,
        Precision.FLOAT32,
        epochs,
        0,
        TrainConfig.CheckpointConfig.DEFAULT,
        7,
        COMPUTE.isHere() ? "cpu" : "gpu",
        1,
        2);
  }

  /** A config with other values for some keys. */
  public static TrainConfig changed(TrainConfig config, String json) {
    try {
      ObjectNode tree = Json.mapper().valueToTree(config);
      tree.setAll((ObjectNode) Json.tree(json, "test"));
      return Json.mapper().treeToValue(tree, TrainConfig.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Objective objective(Task task, DatasetColumns columns) {
    return Objective.of(task, TrainConfig.LossConfig.of(task), columns.label(), null);
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
