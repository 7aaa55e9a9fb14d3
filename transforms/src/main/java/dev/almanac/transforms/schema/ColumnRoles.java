package dev.almanac.transforms.schema;

import dev.almanac.transforms.column.ColumnPattern;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is asked of columns by name or by {@link ColumnPattern pattern}; nothing of the others.
 * Immutable.
 */
public record ColumnRoles(List<Role> roles) implements Serializable {
  private static final ColumnRoles NONE = new ColumnRoles(List.of());

  public ColumnRoles {
    roles = List.copyOf(roles);
  }

  /**
   * One thing asked.
   *
   * @param column a name or a pattern
   */
  public record Role(String column, ColumnDemand demand) implements Serializable {}

  /** Nothing is asked of any column. */
  public static ColumnRoles none() {
    return NONE;
  }

  /** The same and one thing more. */
  public ColumnRoles with(String column, ColumnDemand demand) {
    List<Role> more = new ArrayList<>(roles);
    more.add(new Role(column, demand));
    return new ColumnRoles(more);
  }

  /** The same and all of others. */
  public ColumnRoles with(ColumnRoles others) {
    List<Role> more = new ArrayList<>(roles);
    more.addAll(others.roles);
    return new ColumnRoles(more);
  }

  /**
   * All that is asked of a column. What a pattern takes by type, numbers or dates, it asks of no
   * column that holds other things, and of none that is named as text.
   */
  public Set<ColumnDemand> of(String name) {
    Set<ColumnDemand> named = EnumSet.noneOf(ColumnDemand.class);
    Set<ColumnDemand> matched = EnumSet.noneOf(ColumnDemand.class);
    for (Role role : roles) {
      if (role.column().equals(name)) {
        named.add(role.demand());
      } else if (ColumnPattern.isPattern(role.column())
          && ColumnPattern.of(role.column()).matches(name)) {
        matched.add(
            role.demand() == ColumnDemand.NUMBERS ? ColumnDemand.NUMBERS_IF_ANY : role.demand());
      }
    }
    matched.remove(ColumnDemand.DATES);
    if (named.contains(ColumnDemand.TEXT)) {
      matched.remove(ColumnDemand.NUMBERS_IF_ANY);
    }
    named.addAll(matched);
    return named;
  }
}
