package dev.almanac.benchmarks.reader;

import com.sun.management.OperatingSystemMXBean;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs one of the JVM's readers in this process and prints a {@link PassFigures} line a pass. CPU
 * time is the whole process's: the collector's and the compiler's too.
 */
public final class ReaderPasses {
  private ReaderPasses() {}

  /**
   * @param arguments the reader, the dataset's folder, seconds to warm up and to measure
   */
  public static void main(String[] arguments) throws Exception {
    Dataset dataset = Table.in(Path.of(arguments[1]));
    Pass pass = pass(arguments[0], dataset);
    OperatingSystemMXBean process =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double warmUp = Double.parseDouble(arguments[2]);
    double all = warmUp + Double.parseDouble(arguments[3]);
    double spent = 0;
    for (int i = 0; i < 2 || spent < all; i++) {
      boolean warming = i == 0 || spent < warmUp;
      long wall = System.nanoTime();
      long cpu = process.getProcessCpuTime();
      Pass.Sums sums = pass.run(i == 0);
      double seconds = (System.nanoTime() - wall) / 1e9;
      spent += seconds;
      System.out.println(
          new PassFigures(
              warming,
              sums.rows(),
              (process.getProcessCpuTime() - cpu) / 1e9,
              seconds,
              i == 0 ? sums.labels() : Double.NaN));
    }
    // Engines leave threads behind that would keep the process.
    System.exit(0);
  }

  private static Pass pass(String name, Dataset dataset) throws Exception {
    List<Path> files =
        dataset.manifest().files(Split.TRAIN).stream()
            .map(file -> Path.of(dataset.path(file)))
            .toList();
    return switch (name) {
      case "almanac-1" -> AlmanacPasses.shuffled(dataset, 1);
      case "almanac-2" -> AlmanacPasses.shuffled(dataset, 2);
      case "almanac-cells" -> AlmanacPasses.cells(dataset);
      case "almanac-columns" -> AlmanacPasses.columns(dataset);
      case "memory-copy" -> MemoryCopy.of(dataset.manifest().rows(Split.TRAIN));
      case "parquet-java-records" -> ParquetJavaPasses.records(files);
      case "parquet-java-columns" -> ParquetJavaPasses.columns(files);
      case "arrow-jni" -> ArrowPasses.columns(files);
      default ->
          throw new IllegalArgumentException("Cannot run '%s': no such reader".formatted(name));
    };
  }
}
