package dev.almanac.transforms.encode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.Quantiles;
import dev.almanac.transforms.analyze.ValueBuckets;
import dev.almanac.transforms.encode.vocabulary.Vocabulary;
import dev.almanac.transforms.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a column of numbers into bins that hold about equally many train rows each; a model reads
 * the bin as a category, and a null as one of its own.
 *
 * <p>The edges are the quantiles 1/bins, 2/bins, ... of train, interpolated linearly between ranks,
 * as in scikit-learn's {@code KBinsDiscretizer} with {@code quantile_method="linear"}; a bin begins
 * at its lower edge and ends before its upper one, as there and in Spark's {@code
 * QuantileDiscretizer}. The first bin begins at minus infinity and the last ends at infinity. Where
 * many rows hold one value several edges fall together: they count once, and an edge that is
 * train's least value is none, so there may be fewer bins than asked for. Exact or within a stated
 * error, as {@link Quantiles} says.
 *
 * @param bins how many to ask for
 */
public record QuantileBins(int bins) implements NominalStep {
  public QuantileBins {
    if (bins < 2 || bins > Quantiles.EXACT_VALUES) {
      throw new RefusedException(
          "bins must be from 2 to %s (%s)".formatted(Quantiles.EXACT_VALUES, bins));
    }
  }

  @Override
  public List<Class<? extends Analyzer<?>>> analyzers() {
    return List.of(Moments.class, Quantiles.class, ValueBuckets.class);
  }

  @Override
  public boolean needsNumbers() {
    return true;
  }

  @Override
  public BinEncoder fit(String column, ColumnStatistics train) {
    List<Double> edges = edges(train.of(Moments.class), train.of(Quantiles.class));
    return new BinEncoder(column, List.of(this), edges, NumericSummary.of(train, List.of(), 0));
  }

  @Override
  public BinEncoder read(ObjectNode written, Vocabulary vocabulary) {
    return BinEncoder.read(written);
  }

  /** The edges between bins, strictly rising; one fewer than there are bins. */
  public List<Double> edges(Moments moments, Quantiles quantiles) {
    List<Double> shares = new ArrayList<>();
    for (int i = 1; i < bins; i++) {
      shares.add((double) i / bins);
    }
    List<Double> edges = new ArrayList<>();
    double last = moments.min();
    for (double quantile : quantiles.quantiles(shares)) {
      if (quantile > last) {
        edges.add(quantile + 0.0);
        last = quantile;
      }
    }
    return edges;
  }
}
