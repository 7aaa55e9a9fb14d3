package dev.almanac.transforms.fit;

import dev.almanac.transforms.analyze.Analyzer;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitAccumulator;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.problem.Problem;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final FitSteps fit;
  private final FeaturePlan features;
  private final Map<String, List<NumericStep>> numeric;
  private final Map<String, NominalStep> nominal;
  private final String split;

  private FitPlan(
      List<SourceColumn> source,
      FeaturePlan features,
      ModelColumns asked,
      PlannedSteps steps,
      String split) {
    this.source = List.copyOf(source);
    this.asked = asked;
    this.fit = steps.fit();
    this.features = features;
    this.numeric = steps.numeric();
    this.nominal = steps.nominal();
    this.split = split;
  }

  /**
   * Plans a fit.
   *
   * @param source the columns of the source files
   * @throws IllegalArgumentException naming every problem, one a line
   */
  public static FitPlan of(
      List<SourceColumn> source, List<RowFeature> features, ModelColumns columns, FitSteps fit) {
    return of(source, features, columns, fit, null);
  }

  /**
   * Plans a fit of rows that a column splits.
   *
   * <p>A column of dates whose cells have a time is kept as the text that stands there.
   *
   * @param split the column, which a feature step may make; null when there is none
   * @throws IllegalArgumentException naming every problem, one a line
   */
  public static FitPlan of(
      List<SourceColumn> source,
      List<RowFeature> features,
      ModelColumns columns,
      FitSteps fit,
      String split) {
    Problems problems = new Problems();
    problems.addAll(problems(source, features, columns, fit));
    problems.refuse();
    FeaturePlan bound = FeaturePlan.of(schema(source), features);
    ModelColumns named = columns.named(bound.outputSchema(), problems);
    List<SourceColumn> read = new ArrayList<>(source);
    named = withTexts(named, bound, read);
    bound = FeaturePlan.of(schema(read), features);
    PlannedSteps steps = PlannedSteps.of(bound, named, fit, problems);
    Set<String> used = steps.used(named);
    if (split != null) {
      used.add(split);
    }
    List<RowFeature> needed = bound.featuresFor(used);
    return new FitPlan(read, FeaturePlan.of(schema(read), needed), named, steps, split);
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

  /** What is wrong with such a plan, each at its place in a config. */
  public static List<Problem> problems(
      List<SourceColumn> source, List<RowFeature> features, ModelColumns columns, FitSteps fit) {
    TableSchema schema = schema(source);
    Problems problems = new Problems();
    problems.addAll(FeaturePlan.problems(schema, features));
    if (problems.isEmpty()) {
      FeaturePlan bound = FeaturePlan.of(schema, features);
      ModelColumns named = columns.named(bound.outputSchema(), problems);
      PlannedSteps.of(bound, named, fit, problems);
    }
    return problems.all();
  }

  private static TableSchema schema(List<SourceColumn> source) {
    return TableSchema.of(source.stream().map(SourceColumn::field).toList());
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
    return numeric;
  }

  /** The nominal features and the step of each, in order. */
  Map<String, NominalStep> nominal() {
    return nominal;
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
    return new PlannedSteps(fit, numeric, nominal).used(asked);
  }

  /** Statistics of no row yet, of every column that the fit needs to know. */
  public FitAccumulator accumulator() {
    Map<String, List<Class<? extends Analyzer<?>>>> wanted = new LinkedHashMap<>();
    numeric.forEach((name, steps) -> wanted.put(name, NumericEncoder.analyzers(steps)));
    nominal.forEach((name, step) -> wanted.put(name, step.analyzers()));
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
    return new Asked(source, features.features(), asked, fit, split);
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
