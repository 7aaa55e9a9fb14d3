package dev.almanac.transforms.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One step for several columns, each of which gets a step of its own: {@code columns}, names and
 * {@link ColumnPattern patterns}, stands in place of the step's {@code column}, and {@code {}} in
 * its other names of columns stands for the column's name.
 *
 * <p>{@code null-if-flagged: {columns: ["*"], flags: "{}_ATTRIBUTES", part: 2}}
 *
 * <p>A pattern takes, in the table's order, those of the columns there are so far that the step can
 * work on: whose type suits, and whose companions exist. A pattern that takes none is a problem; so
 * is a named column that does not suit. No column is taken twice.
 *
 * @param step the step's name
 * @param columns one or more
 * @param keys the step's other keys, as JSON
 */
public record ForColumns(String step, List<String> columns, String keys) implements RowFeature {
  private static final String KEY = "columns";
  private static final String NAME = "{}";

  /** The keys whose texts name columns. */
  public static final List<String> NAMING = List.of("into", "flags");

  public ForColumns {
    columns = List.copyOf(columns);
  }

  /** Whether a step is spelled with columns, and may be. */
  static boolean isAsked(JsonNode node) {
    if (!node.isObject() || node.size() != 1) {
      return false;
    }
    String name = node.fieldNames().next();
    Class<? extends RowFeature> type = Features.type(name);
    return type != null
        && node.get(name).has(KEY)
        && Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getName().equals("column"));
  }

  /** Reads a step for which {@link #isAsked} is true. */
  static Optional<RowFeature> read(JsonNode node, Problems problems) {
    String name = node.fieldNames().next();
    ObjectNode keys = (ObjectNode) node.get(name).deepCopy();
    JsonNode list = keys.remove(KEY);
    List<String> columns = new ArrayList<>();
    boolean texts = list.isArray() && !list.isEmpty();
    for (JsonNode column : list) {
      texts &= column.isTextual();
      columns.add(column.asText());
    }
    if (!texts) {
      problems
          .at(name)
          .at(KEY)
          .add("must be a list of names and patterns of columns (%s)".formatted(list));
    }
    if (keys.has("column")) {
      problems.at(name).add("must have column or columns, not both");
      return Optional.empty();
    }
    ForColumns step = new ForColumns(name, columns, Json.line(keys));
    Optional<RowFeature> sample = Features.readOne(step.spelled("column"), problems);
    return texts && sample.isPresent() ? Optional.of(step) : Optional.empty();
  }

  @Override
  public Optional<String> name() {
    return Optional.of(step);
  }

  @Override
  public ObjectNode json() {
    ObjectNode spelled = JsonNodeFactory.instance.objectNode();
    columns.forEach(spelled.putArray(KEY)::add);
    spelled.setAll(tree());
    return JsonNodeFactory.instance.objectNode().set(step, spelled);
  }

  /** The steps of single columns that this comes to in a table. */
  @Override
  public List<RowFeature> steps(Binder binder) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String column : columns) {
      if (!ColumnPattern.isPattern(column) || binder.has(column)) {
        chosen.add(column);
        continue;
      }
      List<String> taken =
          ColumnPattern.of(column).in(binder.fields()).stream()
              .map(field -> field.name())
              .filter(name -> binder.suits(of(name)))
              .toList();
      if (taken.isEmpty()) {
        binder.problem(
            "no column that the step can work on matches '%s' (columns: %s)"
                .formatted(column, binder.someNames()));
      }
      chosen.addAll(taken);
    }
    return chosen.stream().map(this::of).toList();
  }

  @Override
  public RowFeature reading(NumberForm numbers) {
    RowFeature one = of("column");
    ObjectNode keys = (ObjectNode) one.reading(numbers).json().get(step);
    keys.remove("column");
    ObjectNode read = tree();
    List.of("decimal", "thousands")
        .forEach(key -> Optional.ofNullable(keys.get(key)).ifPresent(at -> read.set(key, at)));
    return new ForColumns(step, columns, Json.line(read));
  }

  @Override
  public void demand(StepDemands demands) {
    columns.forEach(column -> of(column).demand(demands));
  }

  @Override
  public void bind(Binder binder) {
    steps(binder).forEach(step -> step.bind(binder));
  }

  /** The step of one column. */
  public RowFeature of(String column) {
    Problems problems = new Problems();
    Optional<RowFeature> one = Features.readOne(spelled(column), problems);
    problems.refuse();
    return one.orElseThrow();
  }

  private ObjectNode spelled(String column) {
    ObjectNode spelled = JsonNodeFactory.instance.objectNode();
    spelled.put("column", column);
    tree()
        .fields()
        .forEachRemaining(
            key -> {
              if (NAMING.contains(key.getKey()) && key.getValue().isTextual()) {
                spelled.put(key.getKey(), key.getValue().textValue().replace(NAME, column));
              } else {
                spelled.set(key.getKey(), key.getValue());
              }
            });
    return JsonNodeFactory.instance.objectNode().set(step, spelled);
  }

  private ObjectNode tree() {
    try {
      return (ObjectNode) Json.tree(keys, step);
    } catch (java.io.IOException e) {
      throw new IllegalStateException("Cannot read the keys of " + step, e);
    }
  }
}
