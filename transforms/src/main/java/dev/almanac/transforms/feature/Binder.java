package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.lift.CellFunction;
import dev.almanac.transforms.feature.lift.Seen;
import dev.almanac.transforms.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Binds row-wise steps one after another to a growing table, and collects every problem.
 *
 * <p>A column that a faulty step would have made is not reported missing again by later steps. Not
 * thread-safe.
 */
public final class Binder {
  /**
   * What a step writes: a column out of columns, by a function of one row.
   *
   * @param role of the column, should it be new
   */
  public record Derived(Field field, List<Field> inputs, CellFunction function, Role role) {}

  private final List<Problem> problems = new ArrayList<>();
  private final List<List<Derived>> derived = new ArrayList<>();
  private final Map<String, Role> created = new LinkedHashMap<>();
  private final Set<String> failed = new HashSet<>();
  private final Map<String, Field> columns = new LinkedHashMap<>();
  private final List<RowFeature> bound = new ArrayList<>();
  private String place;
  private boolean trying;

  public Binder(TableSchema input) {
    input.fields().forEach(field -> columns.put(field.name(), field));
  }

  public void bind(int position, RowFeature feature) {
    place = "features[%s]%s".formatted(position, feature.name().map(n -> "." + n).orElse(""));
    for (RowFeature step : feature.steps(this)) {
      bound.add(step);
      derived.add(new ArrayList<>());
      step.bind(this);
    }
  }

  /** Whether the columns that a step reads are there and of types that suit it. */
  boolean suits(RowFeature step) {
    int before = problems.size();
    trying = true;
    try {
      step.bind(this);
      return problems.size() == before;
    } finally {
      trying = false;
      problems.subList(before, problems.size()).clear();
    }
  }

  public List<Problem> problems() {
    return problems;
  }

  /** The steps that were bound, each of its own columns. */
  public List<RowFeature> bound() {
    return bound;
  }

  public List<List<Derived>> derived() {
    return derived;
  }

  /** The column, whatever it holds; empty after a problem. */
  Optional<Field> any(String column) {
    if (columns.containsKey(column)) {
      return Optional.of(columns.get(column));
    }
    if (!failed.contains(column)) {
      problem(
          "there is no column '%s' (columns: %s%s)"
              .formatted(column, someNames(), ColumnNames.suggestion(column, columns.keySet())));
    } else if (trying) {
      problem("column '%s' could not be made".formatted(column));
    }
    return Optional.empty();
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /** The columns there are so far. */
  List<Field> fields() {
    return List.copyOf(columns.values());
  }

  /** The first names of columns, for a message. */
  String someNames() {
    return ColumnNames.listed(columns.keySet());
  }

  /** The column, which must hold numbers; empty after a problem. */
  Optional<Field> number(String column) {
    return typed(column, "numbers", ColumnType.LONG, ColumnType.DOUBLE);
  }

  /** The column, which must be of one of these types; empty after a problem. */
  Optional<Field> typed(String column, String wanted, ColumnType... types) {
    Optional<Field> field = any(column);
    if (field.isPresent() && !List.of(types).contains(field.get().type())) {
      problem("column '%s' must hold %s (it is %s)".formatted(column, wanted, field.get().type()));
      return Optional.empty();
    }
    return field;
  }

  /** The column, which a function must be able to see so; empty after a problem. */
  Optional<Field> seen(String column, Seen as) {
    return switch (as) {
      case NUMBER -> number(column);
      case INTEGER -> typed(column, "integers or dates", ColumnType.LONG, ColumnType.DATE);
      case DOUBLE -> typed(column, "doubles", ColumnType.DOUBLE);
      case TEXT -> typed(column, "text", ColumnType.STRING);
      case CELL -> any(column);
    };
  }

  void problem(String text) {
    problems.add(new Problem(place, text));
  }

  /** A column that could not be derived, so that later steps do not report it missing. */
  void failed(String column, String into) {
    if (!trying) {
      failed.add(into == null ? column : into);
    }
  }

  /** What a created column is so far; none for a column of the input. */
  Role role(String column) {
    return created.getOrDefault(column, Role.NONE);
  }

  /**
   * Writes a column.
   *
   * @param column the step's own column, replaced when {@code into} is null or its name
   * @param into a new column, or null
   */
  void derive(
      String column,
      String into,
      ColumnType type,
      boolean nullable,
      Role role,
      List<Field> inputs,
      CellFunction function) {
    if (trying) {
      return;
    }
    String name = into == null ? column : into;
    if (!name.equals(column) && columns.containsKey(name)) {
      problem(
          "cannot create column '%s': there is one of that name already; choose another"
              .formatted(name));
      return;
    }
    if (!columns.containsKey(name) || created.containsKey(name)) {
      created.put(name, role);
    }
    Field field = new Field(name, type, nullable);
    derived.get(derived.size() - 1).add(new Derived(field, inputs, function, role));
    columns.put(name, field);
  }

  /** Writes a number that may come out null. */
  void deriveNumber(String column, String into, List<Field> inputs, CellFunction function) {
    derive(column, into, ColumnType.DOUBLE, true, Role.NUMERIC, inputs, function);
  }
}
