package dev.almanac.transforms.fit;

import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.StepDemands;
import dev.almanac.transforms.schema.ColumnDemand;
import dev.almanac.transforms.schema.ColumnRoles;
import java.util.List;

/** What a choice of columns, feature steps and a split ask of the columns of source files. */
public final class SourceRoles {
  private SourceRoles() {}

  /**
   * The roles.
   *
   * @param split the column that splits; null when there is none
   */
  public static ColumnRoles of(List<RowFeature> features, ModelColumns columns, String split) {
    StepDemands steps = StepDemands.of(features);
    ColumnRoles roles = steps.roles();
    if (columns.label() != null && steps.isSource(columns.label())) {
      roles =
          roles.with(
              columns.label(),
              columns.labelKind() == LabelKind.REGRESSION
                  ? ColumnDemand.NUMBERS
                  : ColumnDemand.TEXT);
    }
    for (String column : columns.numeric()) {
      roles = steps.isSource(column) ? roles.with(column, ColumnDemand.NUMBERS) : roles;
    }
    for (String column : columns.nominal()) {
      roles = steps.isSource(column) ? roles.with(column, ColumnDemand.TEXT) : roles;
    }
    for (String column : columns.keep()) {
      roles = steps.isSource(column) ? roles.with(column, ColumnDemand.KEPT) : roles;
    }
    return split != null && steps.isSource(split) ? roles.with(split, ColumnDemand.DATES) : roles;
  }
}
