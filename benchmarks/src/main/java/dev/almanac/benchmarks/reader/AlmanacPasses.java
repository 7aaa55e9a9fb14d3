package dev.almanac.benchmarks.reader;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.almanac.training.data.Batch;
import dev.almanac.training.data.Epoch;
import dev.almanac.training.data.TrainingReader;
import dev.almanac.training.data.read.CellReader;
import dev.almanac.training.data.read.RowGroup;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.training.data.read.RowGroupReader;
import dev.almanac.training.data.shuffle.ReaderConfig;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.FloatBuffer;

/** Ours: shuffled batches as DJL's arrays, and reading alone. */
final class AlmanacPasses {
  private static final int BATCH_ROWS = 4096;
  private static final int MIXED_ROW_GROUPS = 8;

  private AlmanacPasses() {}

  /** Reading alone: blocks of columns, checksums and values checked, neither shuffled nor laid. */
  static Pass cells(Dataset dataset) throws IOException {
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    int label = Table.FLOATS + Table.INTS;
    return add -> {
      long[] rows = {0};
      double[] labels = {0};
      try (CellReader reader = CellReader.open(catalog)) {
        for (RowGroup group : catalog.rowGroups()) {
          reader.read(
              group,
              (cells, stride, count) -> {
                rows[0] += count;
                for (int row = 0; add && row < count; row++) {
                  labels[0] += Float.intBitsToFloat(cells[label * stride + row]);
                }
              });
        }
      }
      return new Pass.Sums(rows[0], labels[0]);
    };
  }

  /** Every row group as arrays, one a column, checksums and values checked; not shuffled. */
  static Pass columns(Dataset dataset) throws IOException {
    RowGroupCatalog catalog = RowGroupCatalog.open(dataset, Split.TRAIN);
    return add -> {
      long rows = 0;
      double labels = 0;
      try (RowGroupReader reader = new RowGroupReader(catalog)) {
        for (RowGroup group : catalog.rowGroups()) {
          ColumnBatch batch = reader.read(group);
          rows += batch.rows();
          float[] values = ((FloatColumn) batch.column(Table.LABEL)).values();
          for (int row = 0; add && row < values.length; row++) {
            labels += values[row];
          }
        }
      }
      return new Pass.Sums(rows, labels);
    };
  }

  /** Shuffled batches, each as three arrays that the engine could train on. */
  static Pass shuffled(Dataset dataset, int threads) throws IOException {
    TrainingReader reader =
        TrainingReader.open(
            dataset, Split.TRAIN, ReaderConfig.of(BATCH_ROWS, 7, MIXED_ROW_GROUPS, threads));
    NDManager manager = Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
    int[] epochs = {0};
    return add -> {
      long rows = 0;
      double labels = 0;
      try (Epoch epoch = reader.epoch(epochs[0]++)) {
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
          rows += deliver(manager, batch);
          FloatBuffer values = batch.labels().asFloatBuffer();
          for (int row = 0; add && row < batch.rows(); row++) {
            labels += values.get(row);
          }
          batch.close();
        }
        System.err.printf(
            "  waited %.3f s for the reader's %d threads%n", epoch.waitNanos() / 1e9, threads);
      }
      return new Pass.Sums(rows, labels);
    };
  }

  private static long deliver(NDManager manager, Batch batch) {
    try (NDArray numeric =
            manager.create(
                batch.numeric(), new Shape(batch.rows(), batch.numericWidth()), DataType.FLOAT32);
        NDArray categories =
            manager.create(
                batch.categories(), new Shape(batch.rows(), batch.nominalWidth()), DataType.INT32);
        NDArray labels =
            manager.create(batch.labels(), new Shape(batch.rows()), DataType.FLOAT32)) {
      return Math.min(
          numeric.getShape().get(0),
          Math.min(categories.getShape().get(0), labels.getShape().get(0)));
    }
  }
}
