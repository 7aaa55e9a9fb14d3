package dev.almanac.benchmarks.reader;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A reader, run in a process of its own.
 *
 * @param title what a table says of it
 * @param python whether it is one of readers.py, rather than one of {@link ReaderPasses}
 */
record Contestant(String name, String title, boolean python) {
  static final String OURS = "almanac-1";
  static final String LIMIT = "memory-copy";
  static final String READING = "almanac-cells";

  static List<Contestant> all() {
    return List.of(
        java(LIMIT, "memory copied, the limit"),
        java(READING, "almanac, reading alone: blocks of columns"),
        java("almanac-columns", "almanac, reading alone: an array a column of a row group"),
        java(OURS, "almanac, shuffled over 8 row groups, DJL arrays, 1 thread"),
        java("almanac-2", "almanac, the same, 2 threads"),
        java("arrow-jni", "arrow-dataset 18 through JNI, columns, not shuffled"),
        java("parquet-java-columns", "parquet-java's column reader, columns, not shuffled"),
        java(
            "parquet-java-records", "parquet-java's Avro records (Beam's ParquetIO), not shuffled"),
        python("tf-data", "tf.data over pyarrow's row groups, shuffled in a row group"),
        python("pyarrow-loop", "pyarrow's row groups, stacked and permuted in a row group"),
        python("pyarrow-loader", "the same through PyTorch's DataLoader, no worker"),
        python("pyarrow-loader-worker", "the same, 1 worker"),
        python("in-memory", "all in memory, batches by a permutation"),
        python("petastorm-batched", "Petastorm make_batch_reader, BatchedDataLoader"),
        python("petastorm", "Petastorm make_batch_reader, DataLoader"),
        python("tensor-dataset", "DataLoader over a TensorDataset in memory"));
  }

  private static Contestant java(String name, String title) {
    return new Contestant(name, title, false);
  }

  private static Contestant python(String name, String title) {
    return new Contestant(name, title, true);
  }

  List<String> command(Path home, Path interpreter, Path folder, String warmUp, String seconds) {
    List<String> command = new ArrayList<>();
    if (python) {
      command.add(interpreter.toString());
      command.add("-W");
      command.add("ignore");
      command.add(home.resolve("benchmarks/src/main/python/readers.py").toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-Xmx2g");
      command.add("-Doffline=true");
      command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
      // Arrow's own demand.
      command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(ReaderPasses.class.getName());
    }
    command.addAll(List.of(name, folder.toString(), warmUp, seconds));
    return command;
  }
}
