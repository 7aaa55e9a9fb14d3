package dev.almanac.training.run;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.almanac.training.model.TabularBlock;
import dev.almanac.training.model.Weights;

/** Moves a model's weights by the gradient of one batch. */
final class TrainingStep implements AutoCloseable {
  private final NDManager manager;
  private final TabularBlock block;
  private final Objective objective;
  private final Weights weights;
  private final Optimizer optimizer;

  TrainingStep(
      NDManager parent,
      TabularBlock block,
      Objective objective,
      TrainConfig.OptimizerConfig optimizer) {
    this.manager = parent.newSubManager();
    this.block = block;
    this.objective = objective;
    this.weights = Weights.initial(block, manager);
    this.optimizer = Optimizer.of(optimizer, weights.vector());
  }

  Weights weights() {
    return weights;
  }

  /**
   * One step.
   *
   * @return false when a loss was not a number; the meter knows the mean
   */
  boolean step(BatchSource.Rows rows, double rate, LossMeter meter) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = leaf(scope);
      NDArray loss = backward(leaf, rows, scope);
      optimizer.step(leaf.getGradient(), rate);
      return meter.add(loss, rows.count());
    }
  }

  /** The gradient of the mean loss of these rows, in the order of the weights. */
  float[] gradient(BatchSource.Rows rows) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray leaf = leaf(scope);
      backward(leaf, rows, scope);
      return leaf.getGradient().toFloatArray();
    }
  }

  /** How many tensors live beyond a step. */
  int tensors() {
    return manager.getManagedArrays().size();
  }

  /**
   * The weights for one step: the same memory, but a graph's leaf of its own, so that its gradient
   * begins empty and nothing that autograd keeps outlives the scope.
   */
  private NDArray leaf(NDManager scope) {
    NDArray leaf = weights.vector().stopGradient();
    leaf.attach(scope);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private NDArray backward(NDArray leaf, BatchSource.Rows rows, NDManager scope) {
    try (GradientCollector collector =
        Engine.getEngine(scope.getEngine().getEngineName()).newGradientCollector()) {
      NDArray outputs =
          block
              .forward(
                  weights.views(leaf),
                  ModelInput.of(
                      scope, block.shape(), rows.numeric(), rows.categories(), rows.count()),
                  true)
              .singletonOrThrow();
      NDArray loss = objective.loss(outputs, ModelInput.labels(scope, rows.labels(), rows.count()));
      collector.backward(loss);
      return loss;
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
