package dev.almanac.benchmarks.profile;

import java.util.List;
import java.util.Optional;

/**
 * A part of the work, by the classes that do it; of a stack, the innermost frame that belongs to
 * one says whose time it is.
 */
public enum Stage {
  CSV_SCAN(
      "CSV: scan for rows and cells",
      "dev.almanac.transforms.csv.scan.RowScanner",
      "dev.almanac.transforms.csv.scan.ByteWindow",
      "dev.almanac.transforms.csv.scan.Block",
      "dev.almanac.transforms.csv.scan.Bits",
      "dev.almanac.transforms.csv.stream.Utf8Stream"),
  GZIP(
      "CSV: decompression",
      "dev.almanac.transforms.csv.stream.GzipStream",
      "dev.almanac.transforms.csv.stream.Decompression",
      "java.util.zip.Inflater"),
  CSV_PARSE(
      "CSV: numbers, dates and texts",
      "dev.almanac.transforms.csv.",
      "dev.almanac.transforms.schema.",
      "ch.randelshofer."),
  FEATURES(
      "features and split", "dev.almanac.transforms.feature.", "dev.almanac.transforms.split."),
  STATISTICS(
      "statistics",
      "dev.almanac.transforms.analyze.",
      "dev.almanac.transforms.analyze.FitAccumulator",
      "dev.almanac.transforms.analyze.ColumnStatistics",
      "com.datadoghq."),
  ENCODE("encode", "dev.almanac.transforms.encode.", "dev.almanac.transforms.artifact."),
  HASH("sha-256", "sun.security.provider.", "java.security.MessageDigest"),
  SPOOL(
      "spool: write and read",
      "dev.almanac.transforms.dataset.Spool",
      "dev.almanac.transforms.dataset.part.ContentShards"),
  PARQUET("parquet", "dev.almanac.transforms.parquet.", "org.apache.parquet."),
  COLUMNS("columns: copies and gathers", "dev.almanac.transforms.column."),
  ROWS("dataset: rows, order and files", "dev.almanac.transforms.dataset."),
  ALMANAC("config, plan and storage", "dev.almanac."),
  ENGINE(
      "Beam and the engine",
      "org.apache.beam.",
      "org.apache.spark.",
      "org.apache.flink.",
      "org.apache.hadoop.",
      "akka.",
      "scala."),
  LOADING("class loading", "java.lang.ClassLoader", "jdk.internal.loader.", "java.util.jar."),
  OTHER("other");

  private final String text;
  private final List<String> prefixes;

  Stage(String text, String... prefixes) {
    this.text = text;
    this.prefixes = List.of(prefixes);
  }

  /** For tables. */
  public String text() {
    return text;
  }

  /**
   * The stage of a stack.
   *
   * @param classes of its frames, the innermost first
   */
  public static Stage of(List<String> classes) {
    return classes.stream().map(Stage::ofClass).flatMap(Optional::stream).findFirst().orElse(OTHER);
  }

  private static Optional<Stage> ofClass(String name) {
    for (Stage stage : values()) {
      if (stage.prefixes.stream().anyMatch(name::startsWith)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
