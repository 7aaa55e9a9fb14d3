package dev.almanac.training.feed;

import dev.almanac.training.graph.TrainColumns;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Numeric features of every n-th train row, at most {@value #MOST_ROWS} of them. */
public final class TrainSample implements TrainColumns {
  private static final int MOST_ROWS = 100_000;

  private final float[][] values;

  private TrainSample(float[][] values) {
    this.values = values;
  }

  /** Reads a whole pass. */
  public static TrainSample of(BatchSource train, int features) throws IOException {
    int stride = (int) ((train.rows() + MOST_ROWS - 1) / MOST_ROWS);
    int most = (int) ((train.rows() + stride - 1) / stride);
    float[][] values = new float[features][most];
    long row = 0;
    try (BatchSource.Pass pass = train.pass(0, 0)) {
      for (BatchSource.Rows next = pass.next(); next != null; next = pass.next()) {
        try (BatchSource.Rows rows = next) {
          FloatBuffer numbers =
              rows.numeric().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
          for (int i = 0; i < rows.count(); i++, row++) {
            for (int feature = 0; row % stride == 0 && feature < features; feature++) {
              values[feature][(int) (row / stride)] = numbers.get(i * features + feature);
            }
          }
        }
      }
    }
    return new TrainSample(values);
  }

  @Override
  public float[] values(int feature) {
    return values[feature].clone();
  }
}
