package dev.almanac.transforms.encode;

import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.ValueBuckets;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.DoubleColumn;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.NumberCases;
import dev.almanac.transforms.column.Validity;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A numeric feature as it was learned: {@code (x - center) / scale} with {@code fill} in place of a
 * missing {@code x}, cut to {@code limit} either way.
 *
 * <p>Computed in double and rounded to float once, at the end. Integers become the nearest double
 * first. Results beyond the greatest float are cut to it: an infinity would poison a whole layer.
 *
 * @param steps what was asked
 * @param fill null when missing cells are not filled
 * @param center 0 when not scaled
 * @param scale above zero; 1 when not scaled
 * @param limit the greatest absolute value of the result; null for none
 */
public record NumericEncoder(
    String column,
    List<NumericStep> steps,
    Double fill,
    boolean indicator,
    double center,
    double scale,
    Double limit,
    NumericSummary statistics)
    implements Encoder {
  /** What is learned of every column of numbers. */
  private static final List<Class<? extends Analyzer<?>>> ANALYZERS =
      List.of(Moments.class, ValueBuckets.class);

  /** Ends the name of the feature that says where a cell was null. */
  public static final String MISSING_SUFFIX = ".missing";

  public NumericEncoder {
    steps = List.copyOf(steps);
  }

  /** Without a limit. */
  public NumericEncoder(
      String column,
      List<NumericStep> steps,
      Double fill,
      boolean indicator,
      double center,
      double scale,
      NumericSummary statistics) {
    this(column, steps, fill, indicator, center, scale, null, statistics);
  }

  /** The encoder that the steps come to. */
  public static NumericEncoder fit(String column, List<NumericStep> steps, ColumnStatistics train) {
    NumericFormula formula = NumericFormula.IDENTITY;
    for (NumericStep step : steps) {
      formula = step.learn(formula, train);
    }
    List<Double> shares = steps.stream().flatMap(step -> step.shares().stream()).toList();
    return new NumericEncoder(
        column,
        steps,
        formula.fill(),
        formula.indicator(),
        formula.center(),
        formula.scale(),
        formula.limit(),
        NumericSummary.of(train, shares, formula.ddof()));
  }

  /** What has to be learned of a column in train for these steps. */
  public static List<Class<? extends Analyzer<?>>> analyzers(List<NumericStep> steps) {
    return Stream.concat(
            ANALYZERS.stream(), steps.stream().flatMap(step -> step.analyzers().stream()))
        .distinct()
        .toList();
  }

  /** The name of the feature that says where a cell was null. */
  public String indicatorName() {
    return column + MISSING_SUFFIX;
  }

  @Override
  public List<Output> outputs() {
    return indicator
        ? List.of(Output.number(column), Output.number(indicatorName()))
        : List.of(Output.number(column));
  }

  @Override
  public List<Column> encode(Column cells) {
    return indicator ? List.of(scaled(cells), encodeMissing(cells)) : List.of(scaled(cells));
  }

  @Override
  public boolean readsNumbers() {
    return true;
  }

  @Override
  public boolean takesNulls() {
    return fill != null;
  }

  @Override
  public ReferenceColumn reference() {
    return ReferenceColumn.of(column, statistics);
  }

  @Override
  public int[] places(ReferenceColumn reference, Column cells, List<Column> encoded) {
    return reference.placesOfNumbers(cells);
  }

  /**
   * The feature.
   *
   * @throws FitException when a cell is missing and nothing fills it
   */
  public FloatColumn scaled(Column cells) {
    float[] encoded = cells.match(new Encoding());
    Validity validity = cells.validity();
    if (validity.hasNulls()) {
      fillNulls(encoded, validity);
    }
    if (limit != null) {
      cut(encoded, limit.floatValue());
    }
    return new FloatColumn(encoded);
  }

  private final class Encoding implements NumberCases<float[]> {
    @Override
    public float[] longs(LongColumn cells) {
      return encode(cells.values());
    }

    @Override
    public float[] doubles(DoubleColumn cells) {
      return encode(cells.values());
    }

    @Override
    public float[] none(Column cells) {
      throw new RefusedException(
          "Cannot encode column '%s': it must hold numbers (%s)".formatted(column, cells.type()));
    }
  }

  /** 1 where a cell is null, else 0. */
  public FloatColumn encodeMissing(Column cells) {
    float[] missing = new float[cells.rows()];
    if (cells.nulls() > 0) {
      for (int row = 0; row < missing.length; row++) {
        missing[row] = cells.isNull(row) ? 1f : 0f;
      }
    }
    return new FloatColumn(missing);
  }

  private float[] encode(long[] values) {
    float[] encoded = new float[values.length];
    for (int row = 0; row < encoded.length; row++) {
      encoded[row] = (float) ((values[row] - center) / scale);
    }
    if (isBeyondFloats(encoded)) {
      for (int row = 0; row < encoded.length; row++) {
        encoded[row] = encode(values[row]);
      }
    }
    return encoded;
  }

  private float[] encode(double[] values) {
    float[] encoded = new float[values.length];
    for (int row = 0; row < encoded.length; row++) {
      encoded[row] = (float) ((values[row] - center) / scale);
    }
    if (isBeyondFloats(encoded)) {
      for (int row = 0; row < encoded.length; row++) {
        encoded[row] = encode(values[row]);
      }
    }
    return encoded;
  }

  /** Rounding keeps order, so that cutting the rounded number is rounding the cut one. */
  private static void cut(float[] encoded, float limit) {
    for (int row = 0; row < encoded.length; row++) {
      encoded[row] = Math.max(-limit, Math.min(limit, encoded[row]));
    }
  }

  private static boolean isBeyondFloats(float[] encoded) {
    boolean beyond = false;
    for (float value : encoded) {
      beyond |= !(Math.abs(value) <= Float.MAX_VALUE);
    }
    return beyond;
  }

  private void fillNulls(float[] encoded, Validity validity) {
    if (fill == null) {
      throw new FitException(
          "Cannot encode column '%s': %s of %s cells are missing and no step fills them; add an impute step"
              .formatted(column, validity.nulls(), validity.rows()));
    }
    float filled = encode((double) fill);
    for (int row = 0; row < encoded.length; row++) {
      if (!validity.isValid(row)) {
        encoded[row] = filled;
      }
    }
  }

  private float encode(double value) {
    double scaled = (value - center) / scale;
    if (Math.abs(scaled) <= Float.MAX_VALUE) {
      return (float) scaled;
    }
    // The difference may have overflowed where the quotient does not.
    double parts = value / scale - center / scale;
    return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, parts));
  }
}
