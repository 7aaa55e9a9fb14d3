package dev.almanac.training.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.feed.BufferRows;
import dev.almanac.training.graph.Distance;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.graph.TrainColumns;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.objective.Regression;
import dev.almanac.training.optimize.Adam;
import dev.almanac.training.optimize.Constant;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How fast a machine does whole training steps (gradient, Adam, the loss read back) on rows that
 * lie in memory, and how fast the matrix products alone that no step of fully connected layers can
 * do without.
 */
public final class StepTiming {
  private static final int WARM_UP = 10;
  private static final double NANOS = 1e9;

  private final Compute compute;
  private final ModelSettings settings;
  private final ModelShape shape;

  public StepTiming(Compute compute, ModelSettings settings, ModelShape shape) {
    this.compute = compute;
    this.settings = settings;
    this.shape = shape;
  }

  /**
   * Rows a second, the upper quartile of the steps of so many seconds.
   *
   * @param batch rows a step
   */
  public double steps(int batch, Precision precision, double seconds) {
    Graph graph = settings.build(shape);
    Objective objective = Regression.of(new Distance.Squared(), 0, 1);
    var config = OptimizerConfig.of(new Adam(0, 0.9, 0.999), 1e-3, new Constant(0));
    BufferRows rows = rows(batch);
    try (TrainingStep step =
            new TrainingStep(
                compute,
                shape,
                graph,
                objective,
                config,
                graph.initial(1, TrainColumns.NONE),
                batch,
                precision);
        LossMeter meter = new LossMeter(compute)) {
      return rate(
          batch,
          seconds,
          () -> {
            step.add(rows, 1.0 / batch);
            meter.add(step, batch);
            step.move(1e-3, 1);
          });
    }
  }

  /**
   * Rows a second of the products of fully connected layers alone: one forward, and two backward
   * but for the first layer, which needs one.
   *
   * @param widths inputs, units of each layer, outputs
   */
  public double products(int batch, int[] widths, double seconds) {
    try (NDManager manager = compute.manager()) {
      List<NDArray> units = new ArrayList<>();
      List<NDArray> weights = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        units.add(manager.randomNormal(new Shape(batch, widths[i])));
        if (i > 0) {
          weights.add(manager.randomNormal(new Shape(widths[i], widths[i - 1])));
        }
      }
      return rate(
          batch,
          seconds,
          () -> {
            try (NDManager scope = manager.newSubManager()) {
              for (int i = 0; i < weights.size(); i++) {
                units.get(i).matMul(weights.get(i).transpose()).attach(scope);
              }
              for (int i = 0; i < weights.size(); i++) {
                units.get(i + 1).transpose().matMul(units.get(i)).attach(scope);
                if (i > 0) {
                  units.get(i + 1).matMul(weights.get(i)).attach(scope);
                }
              }
            }
          });
    }
  }

  private static double rate(int batch, double seconds, Runnable step) {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    List<Double> rates = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * NANOS);
    while (System.nanoTime() < end) {
      long before = System.nanoTime();
      step.run();
      rates.add(batch / ((System.nanoTime() - before) / NANOS));
    }
    Collections.sort(rates);
    return rates.get(rates.size() * 3 / 4);
  }

  private BufferRows rows(int count) {
    SplittableRandom random = new SplittableRandom(3);
    ByteBuffer numeric = buffer(count * shape.numeric());
    ByteBuffer categories = buffer(count * shape.nominal().size());
    ByteBuffer labels = buffer(count);
    float[] numbers = new float[count * shape.numeric()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    numeric.asFloatBuffer().put(numbers);
    List<DatasetColumns.Category> nominal = shape.nominal();
    int[] indices = new int[count * nominal.size()];
    Arrays.setAll(indices, i -> random.nextInt(2, nominal.get(i % nominal.size()).cardinality()));
    categories.asIntBuffer().put(indices);
    for (int i = 0; i < count; i++) {
      labels.putFloat(i * Float.BYTES, (float) random.nextGaussian());
    }
    return new BufferRows(count, numeric, categories, labels);
  }

  private static ByteBuffer buffer(int cells) {
    return ByteBuffer.allocateDirect(Math.max(1, cells) * Float.BYTES)
        .order(ByteOrder.nativeOrder());
  }
}
