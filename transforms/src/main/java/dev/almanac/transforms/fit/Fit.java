package dev.almanac.transforms.fit;

import dev.almanac.transforms.analyze.ColumnStatistics;
import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.analyze.ValueCounts;
import dev.almanac.transforms.analyze.ValueCounts.ValueCount;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.FitException;
import dev.almanac.transforms.encode.LabelEncoder;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericSummary;
import dev.almanac.transforms.encode.Output;
import dev.almanac.transforms.manifest.LeftOut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One fit: from a plan and the train split's statistics to encoders. A pure function of both. */
final class Fit {
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
                numeric.add(NumericEncoder.fit(column, steps, train.statistics(column)));
              }
            });
    List<CategoryEncoder> nominal = new ArrayList<>();
    plan.nominal()
        .forEach(
            (column, step) -> {
              if (train.statistics(column).isEmpty()) {
                leftOut.add(new LeftOut(column, LeftOut.EMPTY));
              } else {
                learn(column, step).ifPresent(nominal::add);
              }
            });
    checkNames(numeric, nominal, label);
    if (numeric.isEmpty() && nominal.isEmpty() && problems.isEmpty()) {
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

  private Optional<CategoryEncoder> learn(String column, NominalStep step) {
    try {
      return Optional.of(step.fit(column, train.statistics(column)));
    } catch (FitException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** What a category is called is known now, and may be what another column is called. */
  private void checkNames(
      List<NumericEncoder> numeric, List<CategoryEncoder> nominal, LabelEncoder label) {
    Set<String> seen = new HashSet<>();
    if (label != null) {
      seen.add(label.column());
    }
    plan.columns().keep().forEach(column -> seen.add(OutputColumns.kept(column)));
    for (Encoder encoder : encoders(numeric, nominal)) {
      for (Output output : encoder.outputs()) {
        if (!seen.add(output.name())) {
          problems.add(
              "Cannot fit column '%s': two columns of the output would be named '%s'; rename the other by a feature step"
                  .formatted(encoder.column(), output.name()));
        }
      }
    }
  }

  private static List<Encoder> encoders(
      List<NumericEncoder> numeric, List<CategoryEncoder> nominal) {
    List<Encoder> both = new ArrayList<>(numeric);
    both.addAll(nominal);
    return both;
  }

  private LabelEncoder label(ModelColumns columns) {
    ColumnStatistics statistics = train.statistics(columns.label());
    LabelKind kind = columns.labelKind();
    if (!kind.isClasses()) {
      if (statistics.isEmpty()) {
        problems.add(noLabel(columns.label()));
      }
      return new LabelEncoder(columns.label(), kind, NumericSummary.of(statistics), null);
    }
    List<ValueCount> classes = LabelEncoder.classes(statistics.of(ValueCounts.class).byValue());
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
