package dev.almanac.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import java.util.SplittableRandom;

/**
 * First values of a parameter: uniform in {@code [-bound, bound)}, the first {@code zeros} of them
 * 0.
 *
 * <p>Drawn in Java and not by PyTorch, whose draws differ between devices and instruction sets.
 *
 * @param seed of this parameter
 * @param zeros how many values at the start are 0; the draws after them do not depend on it
 */
record SeededUniform(long seed, double bound, long zeros) implements Initializer {
  @Override
  public NDArray initialize(NDManager manager, Shape shape, DataType type) {
    float[] values = new float[Math.toIntExact(shape.size())];
    if (bound != 0) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < values.length; i++) {
        double value = bound * (2 * random.nextDouble() - 1);
        values[i] = i < zeros ? 0f : (float) value;
      }
    }
    return manager.create(values, shape);
  }

  /** A seed for one of several parameters: FNV-1a of the name over the bits of the seed. */
  static long seed(long seed, String name) {
    long hash = 0xcbf29ce484222325L ^ seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
