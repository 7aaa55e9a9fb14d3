package dev.almanac.benchmarks.predictor;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.almanac.benchmarks.figures.MarkdownTable;
import dev.almanac.training.run.Run;
import dev.almanac.training.score.Predictor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a raw row costs a program that scores by itself, alone and with others at once: from its
 * cells as text to the prediction, and to the encoded features alone. One thread; a figure is the
 * median of the last rounds, in microseconds a row.
 */
public final class TimePredictor {
  private static final int ROUNDS = 15;
  private static final int COUNTED = 9;
  private static final int ROWS = 2048;
  private static final List<Integer> SIZES = List.of(1, 16, 256, 2048);

  private TimePredictor() {}

  /** What one row of a round took, in microseconds. */
  record Cost(double wall, double cpu) {}

  /**
   * @param arguments a run's folder, and a plain CSV file like those it was trained on
   */
  public static void main(String[] arguments) throws IOException {
    System.out.print(table(arguments[0], Path.of(arguments[1])));
  }

  static MarkdownTable table(String run, Path file) throws IOException {
    List<Map<String, String>> rows = rows(file);
    try (Predictor predictor = Predictor.of(Run.open(run))) {
      MarkdownTable table =
          new MarkdownTable(
              "%d columns of raw cells, one thread".formatted(predictor.columns().size()),
              "encode, CPU us a row",
              "predict, CPU us a row",
              "predict, us a row");
      for (int size : SIZES) {
        Cost encode = cost(rows, size, rows.size(), predictor::encode);
        // Enough rows for a round to be measured, few enough for it to end soon.
        Cost predict = cost(rows, size, Math.max(size, 256), predictor::predict);
        table.row(
            size == 1 ? "a row alone" : size + " rows at once",
            "%.1f".formatted(encode.cpu()),
            "%.1f".formatted(predict.cpu()),
            "%.1f".formatted(predict.wall()));
      }
      return table;
    }
  }

  private static Cost cost(
      List<Map<String, String>> rows,
      int size,
      int used,
      Consumer<List<Map<String, String>>> work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] wall = new double[ROUNDS];
    double[] cpu = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      long began = threads.getCurrentThreadCpuTime();
      int done = 0;
      for (int from = 0; from + size <= used; from += size) {
        work.accept(rows.subList(from, from + size));
        done += size;
      }
      cpu[round] = (threads.getCurrentThreadCpuTime() - began) / 1e3 / done;
      wall[round] = (System.nanoTime() - start) / 1e3 / done;
    }
    return new Cost(median(wall), median(cpu));
  }

  private static double median(double[] rounds) {
    double[] counted = Arrays.copyOfRange(rounds, ROUNDS - COUNTED, ROUNDS);
    Arrays.sort(counted);
    return counted[COUNTED / 2];
  }

  /** As many rows as are timed; those of a short file are taken again. */
  private static List<Map<String, String>> rows(Path file) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord record : reader) {
        rows.add(new HashMap<>(record.getFieldsAsMap()));
        if (rows.size() == ROWS) {
          break;
        }
      }
    }
    if (rows.isEmpty()) {
      throw new IOException("Cannot time rows: %s holds none".formatted(file));
    }
    int found = rows.size();
    for (int i = 0; rows.size() < ROWS; i++) {
      rows.add(rows.get(i % found));
    }
    return rows;
  }
}
