package dev.almanac.benchmarks.reader;

import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.dataset.file.FileFormat;
import org.apache.arrow.dataset.file.FileSystemDatasetFactory;
import org.apache.arrow.dataset.jni.NativeMemoryPool;
import org.apache.arrow.dataset.scanner.ScanOptions;
import org.apache.arrow.dataset.scanner.Scanner;
import org.apache.arrow.dataset.source.Dataset;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/** Arrow's C++ dataset through JNI: batches of columns, not shuffled. */
final class ArrowPasses {
  private static final int BATCH_ROWS = 1 << 15;

  private ArrowPasses() {}

  /** Arrow declares that closing may fail with anything. */
  @SuppressWarnings("try")
  static Pass columns(List<Path> files) {
    String[] uris = files.stream().map(file -> file.toUri().toString()).toArray(String[]::new);
    return add -> {
      long rows = 0;
      double labels = 0;
      try (BufferAllocator allocator = new RootAllocator();
          FileSystemDatasetFactory factory =
              new FileSystemDatasetFactory(
                  allocator, NativeMemoryPool.getDefault(), FileFormat.PARQUET, uris);
          Dataset dataset = factory.finish();
          Scanner scanner = dataset.newScan(new ScanOptions(BATCH_ROWS));
          ArrowReader reader = scanner.scanBatches()) {
        while (reader.loadNextBatch()) {
          VectorSchemaRoot batch = reader.getVectorSchemaRoot();
          Float4Vector values = (Float4Vector) batch.getVector(Table.LABEL);
          rows += batch.getRowCount();
          for (int row = 0; add && row < batch.getRowCount(); row++) {
            labels += values.get(row);
          }
        }
      }
      return new Pass.Sums(rows, labels);
    };
  }
}
