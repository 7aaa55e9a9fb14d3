package dev.almanac.benchmarks.csv;

import dev.almanac.benchmarks.figures.MarkdownTable;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.CsvBatchReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Our CSV reader beside FastCSV on station files that lie in memory, one thread, the same columns
 * into the same arrays: what a reader of our own is worth. Readers take turns; a figure is the
 * median of the last rounds.
 */
public final class CompareCsv {
  private static final int ROUNDS = 12;
  private static final int COUNTED = 7;
  private static final long MOST_BYTES = 200L << 20;

  static final List<SourceColumn> COLUMNS =
      List.of(
          new SourceColumn("STATION", ColumnType.STRING, null, true),
          new SourceColumn("DATE", ColumnType.DATE, DateForm.ISO, true),
          new SourceColumn("LATITUDE", ColumnType.DOUBLE, null, true),
          new SourceColumn("LONGITUDE", ColumnType.DOUBLE, null, true),
          new SourceColumn("ELEVATION", ColumnType.DOUBLE, null, true),
          new SourceColumn("PRCP", ColumnType.LONG, null, true),
          new SourceColumn("SNOW", ColumnType.LONG, null, true),
          new SourceColumn("SNWD", ColumnType.LONG, null, true),
          new SourceColumn("TMAX", ColumnType.LONG, null, true),
          new SourceColumn("TMAX_ATTRIBUTES", ColumnType.STRING, null, true),
          new SourceColumn("TMIN", ColumnType.LONG, null, true),
          new SourceColumn("TMIN_ATTRIBUTES", ColumnType.STRING, null, true));

  private CompareCsv() {}

  /** Reads a file and returns how many cells of {@link #COLUMNS} held a value. */
  @FunctionalInterface
  interface Reader {
    long values(byte[] file) throws IOException;
  }

  /**
   * @param arguments a folder of plain station files
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    if (!Files.isDirectory(folder)) {
      System.err.printf("Cannot compare: %s is no folder of station files%n", folder);
      System.exit(2);
    }
    List<byte[]> files = files(folder);
    long bytes = files.stream().mapToLong(file -> file.length).sum();
    List<String> names = List.of("almanac", "fastcsv, typed", "fastcsv, split only");
    List<Reader> readers =
        List.of(CompareCsv::almanac, FastCsvColumns::values, FastCsvColumns::cells);
    double[][] seconds = new double[readers.size()][ROUNDS];
    long[] values = new long[readers.size()];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < readers.size(); i++) {
        long start = System.nanoTime();
        values[i] = 0;
        for (byte[] file : files) {
          values[i] += readers.get(i).values(file);
        }
        seconds[i][round] = (System.nanoTime() - start) / 1e9;
      }
    }
    if (values[0] != values[1]) {
      throw new IllegalStateException(
          "Cannot compare: the readers must find the same values (%d and %d)"
              .formatted(values[0], values[1]));
    }
    MarkdownTable table =
        new MarkdownTable(
            "%d files, %d MB, one thread".formatted(files.size(), bytes / 1_000_000),
            "MB/s",
            "times as fast as fastcsv, typed");
    double typed = median(seconds[1]);
    for (int i = 0; i < readers.size(); i++) {
      double median = median(seconds[i]);
      table.row(
          names.get(i), "%.0f".formatted(bytes / 1e6 / median), "%.2f".formatted(typed / median));
    }
    System.out.println(table);
  }

  private static List<byte[]> files(Path folder) throws IOException {
    List<byte[]> files = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".csv")).sorted().toList()) {
        if (bytes < MOST_BYTES) {
          files.add(Files.readAllBytes(path));
          bytes += Files.size(path);
        }
      }
    }
    if (files.isEmpty()) {
      throw new IOException("Cannot compare: %s holds no .csv file".formatted(folder));
    }
    return files;
  }

  static long almanac(byte[] file) throws IOException {
    long values = 0;
    try (CsvBatchReader reader =
        CsvBatchReader.open(
            new ByteArrayInputStream(file),
            "in memory",
            COLUMNS,
            CsvFormat.standard(),
            8192,
            reject -> {})) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        values +=
            batch.columns().stream().mapToLong(column -> column.rows() - column.nulls()).sum();
      }
    }
    return values;
  }

  private static double median(double[] rounds) {
    double[] counted = Arrays.copyOfRange(rounds, ROUNDS - COUNTED, ROUNDS);
    Arrays.sort(counted);
    return counted[COUNTED / 2];
  }
}
