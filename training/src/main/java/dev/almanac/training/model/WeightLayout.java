package dev.almanac.training.model;

import ai.djl.nn.Parameter;
import java.util.List;

/** Where each parameter of a block begins in the vector of all of them. */
final class WeightLayout {
  private final List<Parameter> parameters;
  private final int[] offsets;

  private WeightLayout(List<Parameter> parameters, int[] offsets) {
    this.parameters = parameters;
    this.offsets = offsets;
  }

  static WeightLayout of(TabularBlock block) {
    List<Parameter> parameters = List.copyOf(block.getParameters().values());
    int[] offsets = new int[parameters.size() + 1];
    for (int i = 0; i < parameters.size(); i++) {
      offsets[i + 1] = Math.toIntExact(offsets[i] + parameters.get(i).getShape().size());
    }
    return new WeightLayout(parameters, offsets);
  }

  List<Parameter> parameters() {
    return parameters;
  }

  int length() {
    return offsets[parameters.size()];
  }

  int offset(int position) {
    return offsets[position];
  }

  int offset(Parameter parameter) {
    return offsets[parameters.indexOf(parameter)];
  }

  /** Where each parameter but the first begins. */
  long[] starts() {
    long[] starts = new long[parameters.size() - 1];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = offsets[i + 1];
    }
    return starts;
  }
}
