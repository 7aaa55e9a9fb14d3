package dev.almanac.training.evaluate;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.EncodedRows;
import dev.almanac.training.feed.RowSample;
import dev.almanac.training.metric.Metrics;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.ColumnOrigin;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How much worse a model predicts when the values of a source column are dealt out anew among the
 * rows (Breiman 2001; Fisher, Rudin and Dominici 2019).
 *
 * <p>All encoded features computed from the column move together, so a date keeps its sine and
 * cosine; a feature of two columns moves with either. The model is not trained again: of two
 * columns that say the same, both may look unimportant. A function of model, dataset and seed.
 */
public final class PermutationImportance {
  static final int REPEATS = 5;

  private static final int MOST_ROWS = 50_000;
  private static final int FEWEST_ROWS = 1_000;

  /** Rows scored in all, for some seconds of work with a small network. */
  private static final long MOST_SCORED = 4_000_000;

  private static final long SEED = 42;

  private final Function<ColumnBatch, double[]> model;
  private final Supplier<Metrics> metrics;
  private final String label;

  /**
   * @param model as {@link Scorer#score}
   */
  PermutationImportance(
      Function<ColumnBatch, double[]> model, Supplier<Metrics> metrics, String label) {
    this.model = model;
    this.metrics = metrics;
    this.label = label;
  }

  /**
   * Measures a finished run on rows of a split of its dataset, at most 50,000 of them, and writes
   * {@value Importance#FILE} into its folder.
   *
   * @throws IOException when the run has no model or the split no rows
   */
  public static Importance run(Run run, Dataset dataset, Split split, ProgressListener progress)
      throws IOException {
    long splitRows = dataset.manifest().rows(split);
    if (splitRows == 0) {
      throw new ForeseenException(
          "Cannot measure the importance of columns for run %s: the %s split of dataset %s has no rows"
              .formatted(run.folder(), split, dataset.folder()));
    }
    List<ColumnOrigin> origins = ColumnOrigin.of(run.transform());
    TrainConfig config = run.record().train();
    Compute compute = Compute.start(config.machine().device(), config.machine().threads());
    DatasetColumns columns = run.record().columns();
    List<String> read = new ArrayList<>(columns.numeric());
    columns.nominal().forEach(category -> read.add(category.name()));
    read.add(columns.label().column());
    try (Scorer scorer = Scorer.open(run, compute)) {
      ColumnBatch rows = RowSample.of(dataset, split, read, mostRows(origins.size()), SEED);
      progress.note(
          String.format(
              Locale.ROOT,
              "permuting %d columns %d times among %,d of %,d %s rows",
              origins.size(),
              REPEATS,
              rows.rows(),
              splitRows,
              split));
      PermutationImportance importance =
          new PermutationImportance(
              scorer::score, run.objective()::metrics, columns.label().column());
      Importance measured =
          new Importance(
              Importance.FORMAT_VERSION,
              split.text(),
              rows.rows(),
              splitRows,
              SEED,
              importance.metrics(rows, rows),
              importance.measure(rows, origins, SEED));
      measured.write(run);
      return measured;
    }
  }

  private static int mostRows(int columns) {
    long affordable = MOST_SCORED / Math.max(1, (long) columns * REPEATS);
    return (int) Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, affordable));
  }

  /** Each column's metrics under the same {@value #REPEATS} permutations. */
  List<Importance.Source> measure(ColumnBatch rows, List<ColumnOrigin> origins, long seed) {
    List<int[]> permutations = permutations(rows.rows(), seed);
    List<Importance.Source> sources = new ArrayList<>();
    for (ColumnOrigin origin : origins) {
      Map<String, List<Double>> permuted = new LinkedHashMap<>();
      for (int[] permutation : permutations) {
        metrics(dealt(rows, Set.copyOf(origin.encoded()), permutation), rows)
            .forEach(
                (metric, value) ->
                    permuted.computeIfAbsent(metric, unused -> new ArrayList<>()).add(value));
      }
      sources.add(new Importance.Source(origin.name(), origin.encoded(), permuted));
    }
    return sources;
  }

  private static ColumnBatch dealt(ColumnBatch rows, Set<String> columns, int[] permutation) {
    List<Column> cells = new ArrayList<>();
    for (String name : rows.schema().names()) {
      Column column = rows.column(name);
      cells.add(columns.contains(name) ? column.take(permutation) : column);
    }
    return new ColumnBatch(rows.schema(), cells, rows.rows());
  }

  private Map<String, Double> metrics(ColumnBatch changed, ColumnBatch rows) {
    Metrics found = metrics.get();
    found.add(model.apply(changed), EncodedRows.floats(rows, label), rows.rows());
    return found.values();
  }

  /** Fisher and Yates's shuffles. */
  private static List<int[]> permutations(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> permutations = new ArrayList<>();
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      int[] permutation = new int[rows];
      for (int row = 0; row < rows; row++) {
        int other = random.nextInt(row + 1);
        permutation[row] = permutation[other];
        permutation[other] = row;
      }
      permutations.add(permutation);
    }
    return permutations;
  }
}
