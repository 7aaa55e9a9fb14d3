package dev.almanac.transforms.fit;

import dev.almanac.transforms.analyze.Moments;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.BinEncoder;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.ClipDeviations;
import dev.almanac.transforms.encode.ColumnStatistics;
import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.encode.FitException;
import dev.almanac.transforms.encode.Impute;
import dev.almanac.transforms.encode.Index;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalEncoder;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.encode.NumericSummary;
import dev.almanac.transforms.encode.QuantileBins;
import dev.almanac.transforms.encode.Scale;
import dev.almanac.transforms.encode.Standardize;
import dev.almanac.transforms.manifest.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One fit: from a plan and the train split's statistics to encoders. A pure function of both. */
final class Fit {
  /** Tenths are what the population stability index is usually taken over. */
  private static final int REFERENCE_BINS = 10;

  private final FitPlan plan;
  private final FitAccumulator train;
  private final List<String> problems = new ArrayList<>();

  Fit(FitPlan plan, FitAccumulator train) {
    this.plan = plan;
    this.train = train;
  }

  /**
   * The learned transform.
   *
   * @throws FitException naming every column that cannot be learned, one a line
   */
  FittedTransform transform() {
    if (train.rows() == 0) {
      throw new FitException(
          "Cannot fit: the train split has no row with a label; check split.train against the dates in the source");
    }
    LabelEncoder label = plan.columns().label() == null ? null : label(plan.columns());
    List<LeftOut> leftOut = new ArrayList<>();
    List<NumericEncoder> numeric = new ArrayList<>();
    plan.numeric()
        .forEach(
            (column, steps) -> {
              if (train.statistics(column).isEmpty()) {
                leftOut.add(new LeftOut(column, LeftOut.EMPTY));
              } else {
                numeric.add(numeric(column, steps));
              }
            });
    List<CategoryEncoder> nominal = new ArrayList<>();
    plan.nominal()
        .forEach(
            (column, steps) -> {
              if (train.statistics(column).isEmpty()) {
                leftOut.add(new LeftOut(column, LeftOut.EMPTY));
              } else {
                nominal.add(category(column, steps));
              }
            });
    if (numeric.isEmpty() && nominal.isEmpty()) {
      problems.add(
          "Cannot fit: no feature has a value in the train split (%s; rows=%s); choose other columns, or move split.train"
              .formatted(
                  leftOut.stream().map(LeftOut::column).collect(Collectors.joining(", ")),
                  train.rows()));
    }
    if (!problems.isEmpty()) {
      throw new FitException(String.join("\n", problems));
    }
    Set<String> used = plan.usedColumns();
    leftOut.stream()
        .map(LeftOut::column)
        .filter(column -> !plan.columns().keep().contains(column))
        .forEach(used::remove);
    return FittedTransform.of(
        null,
        plan.source(),
        plan.features().featuresFor(used),
        numeric,
        nominal,
        label,
        plan.columns().keep(),
        leftOut);
  }

  private NumericEncoder numeric(String column, List<NumericStep> steps) {
    ColumnStatistics statistics = train.statistics(column);
    Moments moments = statistics.moments();
    Double fill = null;
    boolean indicator = false;
    double center = 0.0;
    double scale = 1.0;
    Double limit = null;
    int ddof = 0;
    for (NumericStep step : steps) {
      if (step instanceof Impute impute) {
        fill = impute.fill(moments, statistics.quantiles()) + 0.0;
        indicator = impute.indicator();
      } else if (step instanceof Scale scaling) {
        center = scaling.center(moments, statistics.quantiles());
        scale = scaling.scale(moments, statistics.quantiles());
        ddof = scaling instanceof Standardize standardize ? standardize.ddof() : 0;
      } else if (step instanceof ClipDeviations clip) {
        limit = clip.sd();
      }
    }
    List<Double> shares = steps.stream().flatMap(step -> step.shares().stream()).toList();
    NumericSummary summary =
        NumericSummary.of(moments, statistics.quantiles(), shares, ddof)
            .with(statistics.buckets().bins(REFERENCE_BINS));
    return new NumericEncoder(column, steps, fill, indicator, center, scale, limit, summary);
  }

  private CategoryEncoder category(String column, List<NominalStep> steps) {
    NominalStep step = steps.get(0);
    return step instanceof QuantileBins bins
        ? bins(column, steps, bins)
        : nominal(column, steps, (Index) step);
  }

  private NominalEncoder nominal(String column, List<NominalStep> steps, Index index) {
    ValueCounts counts = train.statistics(column).counts();
    return new NominalEncoder(
        column, steps, counts.count(), counts.nulls(), counts.distinct(), index.fit(counts));
  }

  private BinEncoder bins(String column, List<NominalStep> steps, QuantileBins bins) {
    ColumnStatistics statistics = train.statistics(column);
    return new BinEncoder(
        column,
        steps,
        bins.edges(statistics.moments(), statistics.quantiles()),
        NumericSummary.of(statistics.moments(), statistics.quantiles(), 0)
            .with(statistics.buckets().bins(REFERENCE_BINS)));
  }

  private LabelEncoder label(ModelColumns columns) {
    ColumnStatistics statistics = train.statistics(columns.label());
    LabelKind kind = columns.labelKind();
    if (!kind.isClasses()) {
      if (statistics.moments().count() == 0) {
        problems.add(noLabel(columns.label()));
      }
      NumericSummary summary = NumericSummary.of(statistics.moments(), null, 0);
      return new LabelEncoder(columns.label(), kind, summary, null);
    }
    List<ValueCount> classes = LabelEncoder.classes(statistics.counts().byValue());
    if (classes.isEmpty()) {
      problems.add(noLabel(columns.label()));
    } else if (kind == LabelKind.BINARY && classes.size() != 2) {
      problems.add(
          "Cannot fit label '%s': a binary label must have exactly two classes in the train split (%s, such as %s)"
              .formatted(columns.label(), classes.size(), some(classes)));
    } else if (classes.size() < 2) {
      problems.add(
          "Cannot fit label '%s': there must be two classes or more in the train split (%s)"
              .formatted(columns.label(), some(classes)));
    }
    return new LabelEncoder(columns.label(), kind, null, classes);
  }

  private String noLabel(String column) {
    return "Cannot fit label '%s': the train split has no value (rows=%s); check columns.label and split.train"
        .formatted(column, train.rows());
  }

  private static List<String> some(List<ValueCount> classes) {
    return classes.stream().limit(5).map(ValueCount::value).toList();
  }
}
