package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Quantiles;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the values of train lie.
 *
 * @param values those that a step asked for beside the median; null when none did
 * @param relativeError how far median and values may be from the true ones, relative to them: 0
 *     when they are exact
 */
public record TrainQuantiles(double median, List<QuantileValue> values, double relativeError)
    implements Serializable {
  public TrainQuantiles {
    values = values == null ? null : List.copyOf(values);
  }

  static TrainQuantiles of(Quantiles quantiles, List<Double> shares) {
    double[] values = quantiles.quantiles(shares);
    return new TrainQuantiles(
        quantiles.median(),
        shares.isEmpty()
            ? null
            : IntStream.range(0, values.length)
                .mapToObj(i -> new QuantileValue(shares.get(i), values[i] + 0.0))
                .toList(),
        quantiles.relativeError());
  }
}
