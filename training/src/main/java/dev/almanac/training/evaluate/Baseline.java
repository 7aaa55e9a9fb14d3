package dev.almanac.training.evaluate;

import dev.almanac.training.score.Scorer;
import dev.almanac.transforms.column.ColumnBatch;

/** A simple model, fitted on the train split alone, that a trained one should beat. */
interface Baseline extends AutoCloseable {
  /** Its key in the run record. */
  String name();

  /** What it is, for a person. */
  String description();

  /** Predictions of encoded rows, as {@link Scorer#score} gives them. */
  double[] predict(ColumnBatch encoded);

  @Override
  default void close() {}
}
