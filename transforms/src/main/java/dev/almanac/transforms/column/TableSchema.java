package dev.almanac.transforms.column;

import dev.almanac.transforms.problem.Names;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The ordered columns of a table; names are unique. Immutable. */
public final class TableSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Field> fields;
  private final Map<String, Integer> positions;

  private TableSchema(List<Field> fields) {
    this.fields = List.copyOf(fields);
    this.positions = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (positions.put(fields.get(i).name(), i) != null) {
        throw new IllegalArgumentException(
            "Cannot make a table: two columns are named '%s'"
                .formatted(Names.of(fields.get(i).name())));
      }
    }
  }

  public static TableSchema of(List<Field> fields) {
    return new TableSchema(fields);
  }

  public static TableSchema of(Field... fields) {
    return new TableSchema(List.of(fields));
  }

  public List<Field> fields() {
    return fields;
  }

  public int size() {
    return fields.size();
  }

  public List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  public Field field(int position) {
    return fields.get(position);
  }

  /**
   * The field with this name.
   *
   * @throws IllegalArgumentException naming the columns there are
   */
  public Field field(String name) {
    return fields.get(position(name));
  }

  public boolean contains(String name) {
    return positions.containsKey(name);
  }

  /**
   * The position of the column with this name.
   *
   * @throws IllegalArgumentException naming the columns there are
   */
  public int position(String name) {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IllegalArgumentException(
          "Cannot find column '%s': the columns are %s"
              .formatted(Names.of(name), Names.of(names())));
    }
    return position;
  }

  /** This schema with the field in place of the one of its name, or at the end. */
  public TableSchema with(Field field) {
    List<Field> changed = new ArrayList<>(fields);
    Integer position = positions.get(field.name());
    if (position == null) {
      changed.add(field);
    } else {
      changed.set(position, field);
    }
    return new TableSchema(changed);
  }

  /** These columns alone, in the order given. */
  public TableSchema select(Collection<String> names) {
    return new TableSchema(names.stream().map(this::field).toList());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableSchema that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(fields);
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
