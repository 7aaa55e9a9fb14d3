package dev.almanac.transforms.drift;

import dev.almanac.transforms.encode.ReferenceColumn;
import dev.almanac.transforms.problem.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * {@code drift.json}: how far some rows are from train, column by column, and which of them are
 * beyond the limits. A pure function of the reference, the counts and the limits.
 *
 * @param rows that were compared
 * @param leastRows fewer cells than this, in train or in the rows, are shown and not judged
 * @param drifted columns of which something is beyond its limit
 * @param unjudged columns of which something was not judged, for want of values in train or in the
 *     rows; that nothing has drifted is not said of them
 * @param columns in the order of the transform's features
 */
public record DriftReport(
    int formatVersion,
    long rows,
    DriftLimits limits,
    long leastRows,
    List<String> drifted,
    List<String> unjudged,
    List<ColumnDrift> columns) {
  public static final String FILE = "drift.json";
  private static final int FORMAT_VERSION = 1;

  /**
   * With so many rows on either side chance alone moves the index of ten bins by 0.018 on average,
   * and beyond 0.056 once in a thousand columns (by chi-squared of 9 degrees of freedom).
   */
  static final long LEAST_ROWS = 1000;

  static final String PSI = "psi";
  static final String NULLS = "nulls";
  static final String UNSEEN = "unseen";

  public DriftReport {
    drifted = List.copyOf(drifted);
    unjudged = List.copyOf(unjudged);
    columns = List.copyOf(columns);
  }

  /** Compares. */
  public static DriftReport of(DriftReference reference, DriftCounts counts, DriftLimits limits) {
    List<ColumnDrift> columns = new ArrayList<>();
    for (int i = 0; i < reference.columns().size(); i++) {
      columns.add(column(reference.columns().get(i), counts.counts(i), counts.nulls(i), limits));
    }
    return new DriftReport(
        FORMAT_VERSION,
        counts.rows(),
        limits,
        LEAST_ROWS,
        names(columns, column -> !column.drifted().isEmpty()),
        names(columns, column -> !column.tooFew().isEmpty()),
        columns);
  }

  private static List<String> names(List<ColumnDrift> columns, Predicate<ColumnDrift> which) {
    return columns.stream().filter(which).map(ColumnDrift::column).toList();
  }

  /** Whether there are so few rows that nothing was judged. */
  public boolean hasTooFewRows() {
    return rows < leastRows;
  }

  /** Why columns were not judged, for a person. */
  public String lack() {
    return hasTooFewRows()
        ? "%s too few (%s)".formatted(Count.of(rows, "row is", "rows are"), leastRows)
        : "train or these rows have fewer than %s values there".formatted(leastRows);
  }

  /** This report without the shares of bins: a line of the table a column. */
  public DriftReport withoutBins() {
    return new DriftReport(
        formatVersion,
        rows,
        limits,
        leastRows,
        drifted,
        unjudged,
        columns.stream().map(ColumnDrift::withoutBins).toList());
  }

  private static ColumnDrift column(
      ReferenceColumn train, long[] input, long inputNulls, DriftLimits limits) {
    long[] trained = train.counts().stream().mapToLong(Long::longValue).toArray();
    long trainPresent = train.present();
    long inputPresent = LongStream.of(input).sum();
    double psi = StabilityIndex.of(binned(train, trained), binned(train, input));
    double trainNullShare = share(train.nulls(), trainPresent + train.nulls());
    double inputNullShare = share(inputNulls, inputPresent + inputNulls);
    boolean numeric = train.isNumeric();
    int last = trained.length - 1;
    Double trainUnseen = numeric ? null : share(trained[last], trainPresent);
    Double inputUnseen = numeric ? null : share(input[last], inputPresent);

    boolean manyValues = Math.min(trainPresent, inputPresent) >= LEAST_ROWS;
    boolean manyRows =
        Math.min(trainPresent + train.nulls(), inputPresent + inputNulls) >= LEAST_ROWS;
    List<String> drifted = new ArrayList<>();
    List<String> tooFew = new ArrayList<>();
    judge(PSI, manyValues, psi > limits.maxPsi(), drifted, tooFew);
    double change = Math.abs(inputNullShare - trainNullShare);
    judge(NULLS, manyRows, change > limits.maxNullChange(), drifted, tooFew);
    if (!numeric) {
      boolean beyond = inputUnseen - trainUnseen > limits.maxUnseen();
      judge(UNSEEN, manyValues, beyond, drifted, tooFew);
    }
    List<ColumnDrift.Share> bins = new ArrayList<>();
    List<String> names = train.names();
    for (int bin = 0; bin < trained.length; bin++) {
      bins.add(
          new ColumnDrift.Share(
              names.get(bin), share(trained[bin], trainPresent), share(input[bin], inputPresent)));
    }
    return new ColumnDrift(
        train.column(),
        Double.isNaN(psi) ? null : psi,
        new ColumnDrift.Lacking(trainNullShare, trainUnseen),
        new ColumnDrift.Lacking(inputNullShare, inputUnseen),
        drifted,
        tooFew,
        bins);
  }

  private static void judge(
      String what, boolean enough, boolean beyond, List<String> drifted, List<String> tooFew) {
    if (!enough) {
      tooFew.add(what);
    } else if (beyond) {
      drifted.add(what);
    }
  }

  /** The counts that the index is taken over: unseen categories are among the other ones. */
  private static long[] binned(ReferenceColumn column, long[] counts) {
    if (column.isNumeric()) {
      return counts;
    }
    long[] binned = Arrays.copyOf(counts, counts.length - 1);
    binned[binned.length - 1] += counts[counts.length - 1];
    return binned;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
