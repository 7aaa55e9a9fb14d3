package dev.almanac.training.graph;

/** Numeric features of train rows, for parameters whose initial values depend on them. */
public interface TrainColumns {
  /** Values of a numeric feature in some thousand train rows, in any order; a new array. */
  float[] values(int feature);

  /** For models whose parameters look at none. */
  TrainColumns NONE =
      feature -> {
        throw new IllegalStateException("Cannot look at train rows: there are none");
      };
}
