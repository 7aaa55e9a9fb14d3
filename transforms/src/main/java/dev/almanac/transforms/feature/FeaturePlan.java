package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

  private FeaturePlan(TableSchema input, List<RowFeature> features, Binder binder) {
    this.input = input;
    this.features = List.copyOf(features);
    this.output = binder.schema();
    this.created = binder.created();
    this.steps = binder.derived();
  }

  /**
   * Binds the steps to a table.
   *
   * @throws IllegalArgumentException naming every problem, one a line
   */
  public static FeaturePlan of(TableSchema input, List<? extends RowFeature> features) {
    Binder binder = bound(input, features);
    if (!binder.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", binder.problems()));
    }
    return new FeaturePlan(input, List.copyOf(features), binder);
  }

  /** What keeps these steps from being bound to the table; empty when nothing does. */
  public static List<String> problems(TableSchema input, List<? extends RowFeature> features) {
    return List.copyOf(bound(input, features).problems());
  }

  private static Binder bound(TableSchema input, List<? extends RowFeature> features) {
    Binder binder = new Binder(input);
    for (int i = 0; i < features.size(); i++) {
      binder.bind(i, features.get(i));
    }
    return binder;
  }

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

  /** The columns of the input that the steps read, in the input's order. */
  public List<String> inputs() {
    Set<String> read = new HashSet<>();
    for (List<Binder.Derived> step : steps) {
      step.forEach(derived -> derived.inputs().forEach(field -> read.add(field.name())));
    }
    return input.names().stream().filter(read::contains).toList();
  }

  /** The steps without which these columns would not be what they are, in their order. */
  public List<RowFeature> featuresFor(Collection<String> columns) {
    Set<String> wanted = new HashSet<>(columns);
    LinkedHashSet<Integer> needed = new LinkedHashSet<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      boolean writes = steps.get(i).stream().anyMatch(d -> wanted.contains(d.field().name()));
      if (writes) {
        needed.add(i);
        steps.get(i).forEach(d -> d.inputs().forEach(field -> wanted.add(field.name())));
      }
    }
    List<RowFeature> kept = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      if (needed.contains(i)) {
        kept.add(features.get(i));
      }
    }
    return kept;
  }

  /**
   * The batch with every step's columns.
   *
   * @throws IllegalArgumentException when an input is not there or of another type
   */
  public ColumnBatch apply(ColumnBatch batch) {
    ColumnBatch changed = batch;
    for (List<Binder.Derived> step : steps) {
      ColumnBatch before = changed;
      for (Binder.Derived derived : step) {
        changed = changed.with(derived.field(), cells(derived, before));
      }
    }
    return changed;
  }

  private static Column cells(Binder.Derived derived, ColumnBatch batch) {
    List<Column> columns = new ArrayList<>();
    List<ColumnType> types = new ArrayList<>();
    for (Field field : derived.inputs()) {
      ColumnType type = batch.schema().field(field.name()).type();
      if (type != field.type()) {
        throw new IllegalArgumentException(
            "Cannot compute column '%s': column '%s' must be %s (%s)"
                .formatted(derived.field().name(), field.name(), field.type(), type));
      }
      columns.add(batch.column(field.name()));
      types.add(type);
    }
    return Lift.apply(derived.function(), columns, types);
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
