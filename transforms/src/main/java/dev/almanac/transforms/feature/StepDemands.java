package dev.almanac.transforms.feature;

import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What row-wise steps ask of a source's columns, known before their types are.
 *
 * <p>A column that a step made, or made anew, is not the source's any more: what is asked of it
 * from then on is asked of nobody.
 */
public final class StepDemands {
  private final Set<String> made = new HashSet<>();
  private ColumnRoles roles = ColumnRoles.none();

  private StepDemands() {}

  /** Of these steps in their order. */
  public static StepDemands of(List<RowFeature> features) {
    StepDemands demands = new StepDemands();
    features.forEach(feature -> feature.demand(demands));
    return demands;
  }

  /** What the steps ask. */
  public ColumnRoles roles() {
    return roles;
  }

  /** Whether a column, after the steps, is still the source's of that name. */
  public boolean isSource(String column) {
    return !made.contains(column);
  }

  /** The step makes this column, or makes it anew. */
  void makes(String column) {
    made.add(column);
  }

  /** The step makes {@code into}, or {@code column} anew where that is null. */
  void makes(String column, String into) {
    String name = into == null ? column : into;
    // A pattern takes what suits: the columns that it does not take stay the source's.
    if (!ColumnPattern.isPattern(name)) {
      made.add(name);
    }
  }

  /** The step asks this of a column, if that is still the source's. */
  void ask(String column, ColumnDemand demand) {
    if (isSource(column)) {
      roles = roles.with(column, demand);
    }
  }
}
