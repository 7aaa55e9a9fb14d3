package dev.almanac.training.model;

import java.util.List;

/** Named numbers of a model, the last dimension varying fastest. */
record Tensor(String name, List<Long> shape, float[] values) {
  Tensor {
    shape = List.copyOf(shape);
    long size = shape.stream().reduce(1L, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          "Cannot hold tensor '%s': shape %s has %s numbers (%s given)"
              .formatted(name, shape, size, values.length));
    }
  }
}
