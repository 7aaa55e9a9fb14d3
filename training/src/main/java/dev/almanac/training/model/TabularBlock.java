package dev.almanac.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of rows with numeric features and categories.
 *
 * <p>Inputs: numeric {@code [n, f]} float32 when the shape has numeric features, then categories
 * {@code [n, k]} int32 when it has nominal columns. Output: {@code [n, outputs]} float32. Values of
 * parameters come from the {@link ParameterStore} (see {@link Weights#views}); the block holds
 * none.
 */
public abstract class TabularBlock extends AbstractBlock {
  private final ModelShape shape;
  private final long seed;
  private final List<CategoryTable> tables = new ArrayList<>();

  TabularBlock(ModelShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
  }

  public final ModelShape shape() {
    return shape;
  }

  /** How many numbers all parameters hold. */
  public final long weights() {
    return WeightLayout.of(this).length();
  }

  /** The tables that are looked up by category, in the order of the nominal columns. */
  public final List<CategoryTable> tables() {
    return tables;
  }

  /** A parameter whose first values are uniform in {@code [-bound, bound)}. */
  final Parameter uniform(String name, double bound, long... dimensions) {
    return parameter(name, Parameter.Type.WEIGHT, bound, 0, dimensions);
  }

  /** A parameter that starts at 0. */
  final Parameter zeros(String name, long... dimensions) {
    return parameter(name, Parameter.Type.BIAS, 0, 0, dimensions);
  }

  /** A table for the next nominal column; NULL and unknown start at 0. */
  final CategoryTable table(String prefix, double bound, int width) {
    var category = shape.nominal().get(tables.size());
    Parameter values =
        parameter(
            prefix + "." + category.name(),
            Parameter.Type.WEIGHT,
            bound,
            (long) CategoryTable.SPECIAL * width,
            category.cardinality(),
            width);
    CategoryTable table = new CategoryTable(values, tables.size(), category.cardinality(), width);
    tables.add(table);
    return table;
  }

  private Parameter parameter(
      String name, Parameter.Type type, double bound, long zeros, long... dimensions) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(type)
            .optShape(new Shape(dimensions))
            .optInitializer(new SeededUniform(SeededUniform.seed(seed, name), bound, zeros))
            .build());
  }

  /**
   * The output for these rows.
   *
   * @param numeric null when the shape has none
   * @param categories null when the shape has none
   */
  abstract NDArray forward(
      ParameterStore weights, NDArray numeric, NDArray categories, boolean training);

  /** Always: values come from the {@link ParameterStore}, so none are made here by a first use. */
  @Override
  public final boolean isInitialized() {
    return true;
  }

  @Override
  protected final NDList forwardInternal(
      ParameterStore weights, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray numeric = shape.numeric() == 0 ? null : inputs.get(0);
    NDArray categories = shape.nominal().isEmpty() ? null : inputs.get(inputs.size() - 1);
    return new NDList(forward(weights, numeric, categories, training));
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), shape.outputs())};
  }
}
