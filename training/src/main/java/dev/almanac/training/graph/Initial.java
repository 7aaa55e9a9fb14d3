package dev.almanac.training.graph;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The initial values of a parameter.
 *
 * <p>They are drawn in Java and not by PyTorch, whose draws differ between devices and instruction
 * sets: the same seed gives the same values on every machine.
 */
public sealed interface Initial {
  /**
   * Fills in the values.
   *
   * @param seed of this parameter
   * @param columns of the train rows, for what is learned from them
   */
  void fill(float[] values, long seed, TrainColumns columns);

  /** Whether {@link #fill} looks at the train rows. */
  default boolean looksAtRows() {
    return false;
  }

  /** The same value everywhere. */
  record Constant(float value) implements Initial {
    @Override
    public void fill(float[] values, long seed, TrainColumns columns) {
      Arrays.fill(values, value);
    }
  }

  /** Uniform in {@code [-bound, bound)}. */
  record Uniform(double bound) implements Initial {
    @Override
    public void fill(float[] values, long seed, TrainColumns columns) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
  }

  /** 1 or -1, as likely. */
  record Signs() implements Initial {
    @Override
    public void fill(float[] values, long seed, TrainColumns columns) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextBoolean() ? 1 : -1;
      }
    }
  }

  /** Normal around 0. */
  record Normal(double deviation) implements Initial {
    @Override
    public void fill(float[] values, long seed, TrainColumns columns) {
      Random random = new Random(seed);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (deviation * random.nextGaussian());
      }
    }
  }

  /** Uniform rows of a table of categories; those of NULL and unknown are 0. */
  record Categories(double bound, CategoryTable table) implements Initial {
    @Override
    public void fill(float[] values, long seed, TrainColumns columns) {
      new Uniform(bound).fill(values, seed, columns);
      for (int column = 0; column < table.columns(); column++) {
        int from = table.firstRow(column) * table.width();
        Arrays.fill(values, from, from + CategoryTable.SPECIAL * table.width(), 0f);
      }
    }
  }

  /** One part of {@link PiecewiseLinear}'s bins. */
  record Bins(PiecewiseLinear.Part part, int bins) implements Initial {
    @Override
    public void fill(float[] values, long seed, TrainColumns columns) {
      PiecewiseLinear.fill(part, values, bins, columns);
    }

    @Override
    public boolean looksAtRows() {
      return true;
    }
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
