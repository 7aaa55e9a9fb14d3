package dev.almanac.training.data;

import dev.almanac.training.data.read.EncodedColumns;
import dev.almanac.training.data.read.RowGroupCatalog;
import dev.almanac.training.data.shuffle.ShufflePlan;
import dev.almanac.training.data.shuffle.ShuffleQuality;
import dev.almanac.training.data.shuffle.WindowDates;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures {@link ShuffleQuality} on batches as they are handed out, in their order, so that
 * threads do not change the figures. Every batch's labels are added up; of the categories, one
 * batch in {@value #ONE_IN} is looked at. Not thread-safe.
 */
final class ShuffleMeter {
  private static final int ONE_IN = 8;

  /** Columns of more categories are not counted: the counts would take more than a batch. */
  private static final int MOST_CATEGORIES = 1 << 18;

  /** Sums that are independent of one another, so that one need not wait for the other. */
  private static final int LANES = 4;

  private final List<DatasetColumns.Category> columns;
  private final int batchRows;
  private final ShuffleQuality.Neighbours rowGroup;
  private final Double windowDates;
  private final long[][] counts;
  private final long[] same;
  private final double[] sum = new double[LANES];
  private final double[] squares = new double[LANES];
  private long batches;
  private long pairs;
  private double mean;
  private double betweenSquares;
  private double withinSquares;

  /**
   * @param batchRows rows of a full batch; others are not measured
   */
  ShuffleMeter(
      EncodedColumns columns,
      int batchRows,
      ShuffleQuality.Neighbours rowGroup,
      Double windowDates) {
    this.columns = columns.nominal();
    this.batchRows = batchRows;
    this.rowGroup = rowGroup;
    this.windowDates = windowDates;
    this.counts = new long[this.columns.size()][];
    this.same = new long[this.columns.size()];
    for (int i = 0; i < counts.length; i++) {
      int cardinality = this.columns.get(i).cardinality();
      counts[i] = cardinality <= MOST_CATEGORIES ? new long[cardinality] : null;
    }
  }

  static ShuffleMeter of(RowGroupCatalog catalog, ShufflePlan plan, int batchRows) {
    return new ShuffleMeter(
        catalog.encoded(), batchRows, plan.rowGroupNeighbours(), WindowDates.of(catalog, plan));
  }

  void add(Batch batch) {
    if (batch.rows() != batchRows) {
      return;
    }
    addLabels(batch.labels().asFloatBuffer());
    if (batches % ONE_IN == 0) {
      addCategories(batch.categories().asIntBuffer());
      pairs += batchRows - 1;
    }
    batches++;
  }

  /** Welford's update, of a batch's mean and of the rows within the batch. */
  private void addLabels(FloatBuffer labels) {
    for (int lane = 0; lane < LANES; lane++) {
      sum[lane] = 0;
      squares[lane] = 0;
    }
    // About the overall mean so far, which keeps the difference of sums exact enough.
    double center = mean;
    int whole = batchRows / LANES * LANES;
    for (int row = 0; row < whole; row += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        double label = labels.get(row + lane) - center;
        sum[lane] += label;
        squares[lane] += label * label;
      }
    }
    double total = 0;
    double totalSquares = 0;
    for (int lane = 0; lane < LANES; lane++) {
      total += sum[lane];
      totalSquares += squares[lane];
    }
    for (int row = whole; row < batchRows; row++) {
      double label = labels.get(row) - center;
      total += label;
      totalSquares += label * label;
    }
    double offset = total / batchRows;
    withinSquares += Math.max(0, totalSquares - total * offset);
    double delta = center + offset - mean;
    mean += delta / (batches + 1);
    betweenSquares += delta * (center + offset - mean);
  }

  private void addCategories(IntBuffer categories) {
    int width = columns.size();
    for (int i = 0; i < width; i++) {
      long[] count = counts[i];
      if (count == null) {
        continue;
      }
      int before = -1;
      for (int row = 0, at = i; row < batchRows; row++, at += width) {
        int category = categories.get(at);
        count[category]++;
        same[i] += category == before ? 1 : 0;
        before = category;
      }
    }
  }

  ShuffleQuality quality() {
    List<ShuffleQuality.Neighbours> neighbours = new ArrayList<>();
    long rows = (batches + ONE_IN - 1) / ONE_IN * batchRows;
    for (int i = 0; i < counts.length && pairs > 0; i++) {
      if (counts[i] != null) {
        double equal = 0;
        for (long count : counts[i]) {
          equal += count * (count - 1.0);
        }
        neighbours.add(
            new ShuffleQuality.Neighbours(
                columns.get(i).name(),
                pairs,
                same[i] / (double) pairs,
                equal / (rows * (rows - 1.0))));
      }
    }
    return new ShuffleQuality(batches, labelVariance(), rowGroup, neighbours, windowDates);
  }

  /**
   * The sample variance of the means of equal parts of a population has the expectation S^2 / n
   * when the parts are drawn at random (S^2 with one row less in the denominator).
   */
  private Double labelVariance() {
    if (batches < 2) {
      return null;
    }
    double ofMeans = betweenSquares / (batches - 1);
    double ofRows =
        (withinSquares + batchRows * betweenSquares) / ((double) batches * batchRows - 1);
    return ofRows == 0 ? 1.0 : ofMeans * batchRows / ofRows;
  }
}
