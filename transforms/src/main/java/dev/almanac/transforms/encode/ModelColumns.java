package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code columns} section of a config, and what the label is. Names are those after the feature
 * steps; {@code numeric}, {@code nominal} and {@code keep} may hold {@link
 * dev.almanac.transforms.column.ColumnPattern patterns} until they are {@link #named}.
 *
 * @param label null when there is nothing to predict
 * @param labelKind null when there is no label
 * @param keep columns that ride along as they are
 */
public record ModelColumns(
    String label,
    LabelKind labelKind,
    List<String> numeric,
    List<String> nominal,
    List<String> keep)
    implements Serializable {
  public ModelColumns {
    if ((label == null) != (labelKind == null)) {
      throw new RefusedException(
          "Cannot choose columns: a label, and nothing else, has a kind (label %s, kind %s)"
              .formatted(label, labelKind));
    }
    numeric = List.copyOf(numeric);
    nominal = List.copyOf(nominal);
    keep = List.copyOf(keep);
  }

  /**
   * This choice with the columns of a table in place of patterns.
   *
   * @param problems takes every name that no column has and every pattern that matches nothing,
   *     below the section's own place
   */
  public ModelColumns named(TableSchema table, Problems problems) {
    return NamedColumns.of(this, table, problems);
  }

  /**
   * Checks what needs no table.
   *
   * @param problems takes every column that is named where it may not be, below the section's own
   *     place
   */
  public void check(Problems problems) {
    for (Map.Entry<String, List<String>> role : roles().entrySet()) {
      List<String> names = role.getValue();
      for (int i = 0; i < names.size(); i++) {
        String name = names.get(i);
        Problems here = problems.at(role.getKey()).at(i);
        if (names.indexOf(name) < i) {
          here.add("stands twice in the list ('%s')".formatted(name));
        } else if (name.equals(label) && !role.getKey().equals("keep")) {
          here.add(
              "must not be the label: a model would be given what it is to predict ('%s')"
                  .formatted(name));
        } else if (role.getKey().equals("nominal")
            && numeric.contains(name)
            // The pattern of both is no contradiction: what is no number is left for nominal.
            && !ColumnPattern.isPattern(name)) {
          here.add("must not be numeric too ('%s')".formatted(name));
        }
      }
    }
  }

  /** Names and patterns by the keys that they stand at. */
  Map<String, List<String>> roles() {
    Map<String, List<String>> roles = new LinkedHashMap<>();
    roles.put("numeric", numeric);
    roles.put("nominal", nominal);
    roles.put("keep", keep);
    return roles;
  }

  /** The same choice with a label of this kind. */
  public ModelColumns withLabelKind(LabelKind kind) {
    return new ModelColumns(label, label == null ? null : kind, numeric, nominal, keep);
  }

  /** Whether a column is named here at all. */
  public boolean names(String column) {
    return column.equals(label)
        || numeric.contains(column)
        || nominal.contains(column)
        || keep.contains(column);
  }
}
