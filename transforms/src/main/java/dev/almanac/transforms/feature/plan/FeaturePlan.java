package dev.almanac.transforms.feature.plan;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.Binder;
import dev.almanac.transforms.feature.CreatedColumn;
import dev.almanac.transforms.feature.Role;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.lift.Seen;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Row-wise steps bound to a table, in their order; a later step sees what an earlier one wrote.
 *
 * <p>Immutable and thread-safe. A batch may hold more columns than the plan was bound to and any
 * order of them, as long as {@link #inputs} are there with their types.
 */
public final class FeaturePlan implements Serializable {
  private final TableSchema input;
  private final List<RowFeature> features;
  private final TableSchema output;
  private final List<CreatedColumn> created;
  private final List<List<Binder.Derived>> steps;
  private final List<PartialColumn> partial;

  /** By step and column of it: the place among the partial columns, or -1. */
  private final int[][] places;

  /** Looks on while columns are made. */
  private interface Look {
    void at(int partial, List<Column> inputs, Column made);
  }

  private FeaturePlan(
      TableSchema input, List<RowFeature> features, List<List<Binder.Derived>> steps) {
    this.input = input;
    this.features = List.copyOf(features);
    this.steps = List.copyOf(steps);
    Map<String, Field> columns = new LinkedHashMap<>();
    Map<String, Role> made = new LinkedHashMap<>();
    input.fields().forEach(field -> columns.put(field.name(), field));
    for (List<Binder.Derived> step : steps) {
      for (Binder.Derived derived : step) {
        String name = derived.field().name();
        if (!columns.containsKey(name) || made.containsKey(name)) {
          made.put(name, derived.role());
        }
        columns.put(name, derived.field());
      }
    }
    this.output = TableSchema.of(List.copyOf(columns.values()));
    this.created =
        made.entrySet().stream()
            .map(column -> new CreatedColumn(column.getKey(), column.getValue()))
            .toList();
    this.places = new int[steps.size()][];
    List<PartialColumn> found = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      places[i] = new int[steps.get(i).size()];
      for (int j = 0; j < places[i].length; j++) {
        Binder.Derived derived = steps.get(i).get(j);
        boolean isPartial = features.get(i).losesCells() && derived.function().losesCells();
        places[i][j] = isPartial ? found.size() : -1;
        if (isPartial) {
          found.add(
              new PartialColumn(
                  features.get(i).name().orElse(PartialColumn.FUNCTION),
                  derived.inputs().stream().map(Field::name).collect(Collectors.joining(", ")),
                  derived.field().name()));
        }
      }
    }
    this.partial = List.copyOf(found);
  }

  /**
   * Binds the steps to a table.
   *
   * @param problems takes what keeps them from it
   * @return empty when there is a problem
   */
  public static Optional<FeaturePlan> plan(
      TableSchema input, List<? extends RowFeature> features, Problems problems) {
    Binder binder = bound(input, features);
    problems.addAll(binder.problems());
    return binder.problems().isEmpty()
        ? Optional.of(new FeaturePlan(input, binder.bound(), binder.derived()))
        : Optional.empty();
  }

  /**
   * The same for steps that suit.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  public static FeaturePlan of(TableSchema input, List<? extends RowFeature> features) {
    Problems problems = new Problems();
    Optional<FeaturePlan> plan = plan(input, features, problems);
    problems.refuse();
    return plan.orElseThrow();
  }

  private static Binder bound(TableSchema input, List<? extends RowFeature> features) {
    Binder binder = new Binder(input);
    for (int i = 0; i < features.size(); i++) {
      binder.bind(i, features.get(i));
    }
    return binder;
  }

  /** The steps, each of its own columns: one asked for several columns is several here. */
  public List<RowFeature> features() {
    return features;
  }

  public TableSchema inputSchema() {
    return input;
  }

  /** The input's columns, some replaced, then the created ones. */
  public TableSchema outputSchema() {
    return output;
  }

  /** The columns that are new, in the order of their steps. */
  public List<CreatedColumn> createdColumns() {
    return created;
  }

  /** The columns that a step may leave missing in rows that have all it reads, in their order. */
  public List<PartialColumn> partialColumns() {
    return partial;
  }

  /** The columns of the input that the steps read, in the input's order. */
  public List<String> inputs() {
    Set<String> read = new HashSet<>();
    for (List<Binder.Derived> step : steps) {
      step.forEach(derived -> derived.inputs().forEach(field -> read.add(field.name())));
    }
    return input.names().stream().filter(read::contains).toList();
  }

  /** The columns, of the input or made on the way, whose cells a step sees as text. */
  public Set<String> textInputs() {
    return inputs(seen -> seen == Seen.TEXT);
  }

  /** The columns, of the input or made on the way, whose cells a step sees as they are. */
  public Set<String> valueInputs() {
    return inputs(seen -> seen != Seen.TEXT);
  }

  private Set<String> inputs(Predicate<Seen> wanted) {
    Set<String> found = new HashSet<>();
    for (List<Binder.Derived> step : steps) {
      for (Binder.Derived derived : step) {
        for (int at = 0; at < derived.inputs().size(); at++) {
          if (wanted.test(derived.function().sees(at))) {
            found.add(derived.inputs().get(at).name());
          }
        }
      }
    }
    return found;
  }

  /** The steps without which these columns would not be what they are, in their order. */
  public List<RowFeature> featuresFor(Collection<String> columns) {
    return computing(columns).features();
  }

  /** The plan of those steps alone without which these columns would not be what they are. */
  public FeaturePlan computing(Collection<String> columns) {
    Set<String> wanted = new HashSet<>(columns);
    LinkedList<RowFeature> kept = new LinkedList<>();
    LinkedList<List<Binder.Derived>> theirs = new LinkedList<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (steps.get(i).stream().anyMatch(d -> wanted.contains(d.field().name()))) {
        kept.addFirst(features.get(i));
        theirs.addFirst(steps.get(i));
        steps.get(i).forEach(d -> d.inputs().forEach(field -> wanted.add(field.name())));
      }
    }
    return new FeaturePlan(input, kept, theirs);
  }

  /**
   * The plan of the same steps over a table of more columns, or of fewer, that has all they read.
   */
  public FeaturePlan over(TableSchema table) {
    return new FeaturePlan(table, features, steps);
  }

  /**
   * The batch with every step's columns.
   *
   * @throws IllegalArgumentException when an input is not there or of another type
   */
  public ColumnBatch apply(ColumnBatch batch) {
    return apply(batch, (partial, inputs, made) -> {});
  }

  /**
   * The same, counting what the steps cannot read.
   *
   * @param cells which expects this batch
   * @throws IllegalArgumentException when an input is not there or of another type
   */
  public ColumnBatch apply(ColumnBatch batch, UnreadableCells cells) {
    return apply(batch, cells::look);
  }

  private ColumnBatch apply(ColumnBatch batch, Look look) {
    if (steps.isEmpty()) {
      return batch;
    }
    Working working = new Working(batch);
    for (int i = 0; i < steps.size(); i++) {
      List<Binder.Derived> step = steps.get(i);
      List<Column> written = new ArrayList<>(step.size());
      for (int j = 0; j < step.size(); j++) {
        written.add(cells(step.get(j), working, places[i][j], look));
      }
      for (int j = 0; j < step.size(); j++) {
        working.put(step.get(j).field(), written.get(j));
      }
    }
    return working.batch();
  }

  /** A batch that grows, without being made anew for each of thousands of columns. */
  private static final class Working {
    private final int rows;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<Column> columns = new ArrayList<>();

    Working(ColumnBatch batch) {
      this.rows = batch.rows();
      for (int i = 0; i < batch.schema().size(); i++) {
        put(batch.schema().field(i), batch.column(i));
      }
    }

    void put(Field field, Column column) {
      Integer position = positions.putIfAbsent(field.name(), fields.size());
      if (position == null) {
        fields.add(field);
        columns.add(column);
      } else {
        fields.set(position, field);
        columns.set(position, column);
      }
    }

    int position(String column) {
      Integer position = positions.get(column);
      return position == null ? TableSchema.of(fields).position(column) : position;
    }

    ColumnBatch batch() {
      return new ColumnBatch(TableSchema.of(fields), columns, rows);
    }
  }

  private static Column cells(Binder.Derived derived, Working batch, int partial, Look look) {
    List<Column> columns = new ArrayList<>();
    for (Field field : derived.inputs()) {
      int position = batch.position(field.name());
      ColumnType type = batch.columns.get(position).type();
      if (type != field.type()) {
        throw new RefusedException(
            "Cannot compute column '%s': column '%s' must be %s (%s)"
                .formatted(derived.field().name(), field.name(), field.type(), type));
      }
      columns.add(batch.columns.get(position));
    }
    Column made = derived.function().over(columns, derived.field().type());
    if (partial >= 0) {
      look.at(partial, columns, made);
    }
    return made;
  }

  private Object writeReplace() {
    return new Asked(input, features);
  }

  /** What a plan is made of: the bound steps are made anew where it arrives. */
  private record Asked(TableSchema input, List<RowFeature> features) implements Serializable {
    private Object readResolve() {
      return of(input, features);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeaturePlan that
        && input.equals(that.input)
        && features.equals(that.features);
  }

  @Override
  public int hashCode() {
    return 31 * input.hashCode() + features.hashCode();
  }

  @Override
  public String toString() {
    return "FeaturePlan" + features;
  }
}
