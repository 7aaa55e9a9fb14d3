package dev.almanac.transforms.fit;

import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be learned from the train split: features bound to the source's columns, and the steps
 * of each. A {@link FittedTransform} that waits for its statistics.
 *
 * <p>A column that a feature step creates joins the numeric features, or the nominal ones when it
 * holds categories, unless the choice of columns names it. Immutable and thread-safe.
 */
public final class FitPlan implements Serializable {
  private final List<SourceColumn> source;
  private final ModelColumns asked;
  private final FeaturePlan features;
  private final PlannedSteps steps;
  private final String split;

  private FitPlan(
      List<SourceColumn> source,
      FeaturePlan features,
      ModelColumns asked,
      PlannedSteps steps,
      String split) {
    this.source = List.copyOf(source);
    this.asked = asked;
    this.features = features;
    this.steps = steps;
    this.split = split;
  }

  /**
   * Plans a fit.
   *
   * <p>A column of dates whose cells have a time is kept as the text that stands there.
   *
   * @param source the columns of the source files
   * @param split the column that splits the rows, which a feature step may make; null when there is
   *     none
   * @param problems takes all that is wrong, each at its place in a config
   * @return empty when there is a problem
   */
  public static Optional<FitPlan> plan(
      List<SourceColumn> source,
      List<RowFeature> features,
      ModelColumns columns,
      FitSteps fit,
      String split,
      Problems problems) {
    Problems found = new Problems();
    Optional<FitPlan> plan = checked(source, features, columns, fit, split, found);
    problems.addAll(found.all());
    return found.isEmpty() ? plan : Optional.empty();
  }

  /**
   * Plans a fit of rows that nothing splits.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  public static FitPlan of(
      List<SourceColumn> source, List<RowFeature> features, ModelColumns columns, FitSteps fit) {
    return of(source, features, columns, fit, null);
  }

  /**
   * Plans a fit of rows that a column splits.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  public static FitPlan of(
      List<SourceColumn> source,
      List<RowFeature> features,
      ModelColumns columns,
      FitSteps fit,
      String split) {
    Problems problems = new Problems();
    Optional<FitPlan> plan = plan(source, features, columns, fit, split, problems);
    problems.refuse();
    return plan.orElseThrow();
  }

  /** The plan is of use only when no problem was found. */
  private static Optional<FitPlan> checked(
      List<SourceColumn> source,
      List<RowFeature> features,
      ModelColumns columns,
      FitSteps fit,
      String split,
      Problems problems) {
    columns.check(problems.at("columns"));
    Optional<FeaturePlan> bound = FeaturePlan.plan(SourceColumn.schema(source), features, problems);
    if (bound.isEmpty()) {
      return Optional.empty();
    }
    FeaturePlan computed = bound.get();
    ModelColumns named = columns.named(computed.outputSchema(), problems.at("columns"));
    PlannedSteps steps = PlannedSteps.of(computed, named, fit, problems);
    if (split != null) {
      checkSplit(split, source, computed.outputSchema(), problems.at("split.column"));
    }
    List<SourceColumn> read = new ArrayList<>(source);
    ModelColumns kept = withTexts(named, computed, read);
    Set<String> used = steps.used(kept);
    if (split != null) {
      used.add(split);
    }
    FeaturePlan needed = computed.over(SourceColumn.schema(read)).computing(used);
    return Optional.of(new FitPlan(read, needed, kept, steps, split));
  }

  private static void checkSplit(
      String split, List<SourceColumn> source, TableSchema computed, Problems problems) {
    if (!computed.contains(split)) {
      problems.add(ColumnNames.absent(split, computed.names()));
      return;
    }
    ColumnType type = computed.field(split).type();
    boolean dates =
        source.stream().anyMatch(c -> c.name().equals(split) && c.type() == ColumnType.DATE);
    if (!dates && type != ColumnType.DATE) {
      problems.add(
          "column '%s' must hold dates in one form that is known, such as %s (it is %s); correct the files, or the schema's type and date-form (docs/reading.md lists the forms)"
              .formatted(split, String.join(", ", DateForm.examples()), type));
    }
  }

  /** Keeps the text of columns of dates with a time, which are added to those that are read. */
  private static ModelColumns withTexts(
      ModelColumns named, FeaturePlan bound, List<SourceColumn> read) {
    List<String> keep = new ArrayList<>();
    for (String name : named.keep()) {
      String kept = name;
      for (SourceColumn column : List.copyOf(read)) {
        boolean timed = column.dateForm() != null && column.dateForm().hasTime();
        if (column.name().equals(name)
            && timed
            && bound.featuresFor(Set.of(name)).isEmpty()
            && read.stream().noneMatch(c -> c.name().equals(column.asText().name()))) {
          read.add(column.asText());
          kept = column.asText().name();
        }
      }
      keep.add(kept);
    }
    return new ModelColumns(
        named.label(), named.labelKind(), named.numeric(), named.nominal(), keep);
  }

  /** The feature steps that something here needs, bound to the source's columns. */
  public FeaturePlan features() {
    return features;
  }

  /** What was asked for, patterns replaced by the columns they took. */
  public ModelColumns columns() {
    return asked;
  }

  /** The source columns that the features, the label and the columns to keep come from. */
  public List<SourceColumn> inputs() {
    Set<String> needed = new HashSet<>(features.inputs());
    needed.addAll(usedColumns());
    return source.stream().filter(column -> needed.contains(column.name())).toList();
  }

  /** The numeric features and their steps, in order. */
  Map<String, List<NumericStep>> numeric() {
    return steps.numeric();
  }

  /** The nominal features and the step of each, in order. */
  Map<String, NominalStep> nominal() {
    return steps.nominal();
  }

  List<SourceColumn> source() {
    return source;
  }

  /**
   * Features, label and columns to keep, as they are after the feature steps and before encoding.
   */
  public TableSchema usedSchema() {
    Set<String> used = usedColumns();
    return TableSchema.of(
        features.outputSchema().fields().stream()
            .filter(field -> used.contains(field.name()))
            .toList());
  }

  /** The names of {@link #usedSchema}. */
  Set<String> usedColumns() {
    return steps.used(asked);
  }

  /** Statistics of no row yet, of every column that the fit needs to know. */
  public FitAccumulator accumulator() {
    Map<String, List<Class<? extends Analyzer<?>>>> wanted = new LinkedHashMap<>();
    numeric().forEach((name, each) -> wanted.put(name, NumericEncoder.analyzers(each)));
    nominal().forEach((name, step) -> wanted.put(name, step.analyzers()));
    if (asked.label() != null) {
      wanted.put(asked.label(), asked.labelKind().analyzers());
    }
    return FitAccumulator.of(wanted);
  }

  /**
   * Learns every encoder.
   *
   * @param train the statistics of the train split's rows that have a label
   * @throws dev.almanac.transforms.encode.FitException naming every column that cannot be learned
   */
  public FittedTransform fit(FitAccumulator train) {
    return new Fit(this, train).transform();
  }

  private Object writeReplace() {
    return new Asked(source, features.features(), asked, steps.fit(), split);
  }

  /** What a plan is made of: it is planned anew where it arrives. */
  private record Asked(
      List<SourceColumn> source,
      List<RowFeature> features,
      ModelColumns columns,
      FitSteps fit,
      String split)
      implements Serializable {
    private Object readResolve() {
      return of(source, features, columns, fit, split);
    }
  }
}
