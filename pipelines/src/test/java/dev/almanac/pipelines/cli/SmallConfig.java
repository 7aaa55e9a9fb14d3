package dev.almanac.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** A small config and its source, of {@code y = 3 a - b +} an offset of the color. */
public final class SmallConfig {
  public static final String TEXT =
      """
      name: small
      source: {files: ["source/*.csv"]}
      columns: {label: y, numeric: [a, b], nominal: [color]}
      split:
        column: day
        train: {until: 2013-01-01}
        validation: {from: 2013-01-01, until: 2015-01-01}
        test: {from: 2015-01-01}
      fit: {numeric: []}
      output: {dataset: out/small, row-group-rows: 500, files: 1}
      train: {model: {hidden: [8], embedding: 2}, batch-size: 100, epochs: 3, device: cpu, threads: 1}
      """;

  public static final String SEARCH =
      TEXT
          + """
          search:
            name: small
            trials: 4
            parallel: 2
            space:
              train.optimizer.learning-rate: {log-uniform: [1.0e-3, 1.0e-1]}
              train.model.hidden: {choice: [[4], [8, 8]]}
          """;

  private static final List<String> COLORS = List.of("red", "green", "blue");

  private SmallConfig() {}

  /** Writes a config with the source that it names beside it. */
  public static String write(Path folder, String text) throws IOException {
    source(folder.resolve("source/small.csv"));
    Path file = folder.resolve("small.yaml");
    Files.writeString(file, text);
    return file.toString();
  }

  /**
   * Writes a config that shares its source with those beside its folder: what trains on a dataset
   * depends on where the dataset's source lies.
   */
  public static String writeBeside(Path folder, String text) throws IOException {
    Path source = folder.resolveSibling("source").resolve("small.csv");
    if (!Files.exists(source)) {
      source(source);
    }
    Path file = Files.createDirectories(folder).resolve("small.yaml");
    Files.writeString(file, text.replace("source/*.csv", "../source/*.csv"));
    return file.toString();
  }

  /** Writes the source: 2,000 rows of train, 500 of validation, 500 of test. */
  public static Path source(Path file) throws IOException {
    StringBuilder text = new StringBuilder("day,a,b,color,y\n");
    rows(text, "2012-06-01", 2000, 0);
    rows(text, "2013-06-01", 500, 1);
    rows(text, "2015-06-01", 500, 2);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static void rows(StringBuilder text, String day, int rows, long seed) {
    Random random = new Random(seed);
    for (int row = 0; row < rows; row++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      int color = random.nextInt(COLORS.size());
      double y = 10 + 3 * a - b + 2 * (color - 1);
      text.append(String.format(Locale.ROOT, "%s,%s,%s,%s,%s\n", day, a, b, COLORS.get(color), y));
    }
  }

  /** The finished datasets of a config that lies in a folder, the oldest first. */
  public static List<String> datasets(Path folder) throws IOException {
    Path datasets = folder.resolve("out/small");
    if (!Files.exists(datasets)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(datasets)) {
      return all.filter(dataset -> Files.exists(dataset.resolve("dataset.json")))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }
}
