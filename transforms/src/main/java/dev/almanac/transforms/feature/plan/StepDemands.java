package dev.almanac.transforms.feature.plan;

import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.feature.Cast;
import dev.almanac.transforms.feature.Clip;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.Difference;
import dev.almanac.transforms.feature.EqualsIndicator;
import dev.almanac.transforms.feature.ForColumns;
import dev.almanac.transforms.feature.HashBucket;
import dev.almanac.transforms.feature.IsNull;
import dev.almanac.transforms.feature.IsPresent;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.Ratio;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.feature.RowFunction;
import dev.almanac.transforms.feature.lift.CellFunction;
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
    features.forEach(demands::add);
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

  private void add(RowFeature feature) {
    if (feature instanceof NullIfFlagged step) {
      ask(step.flags(), ColumnDemand.TEXT);
    } else if (feature instanceof DateParts step) {
      ask(step.column(), ColumnDemand.DATES);
      step.parts().forEach(part -> made.add(step.column() + "." + part.text()));
    } else if (feature instanceof Cast step) {
      if (step.to() == ColumnType.STRING) {
        ask(step.column(), ColumnDemand.TEXT);
      }
      made(step.column(), step.into());
    } else if (feature instanceof Log1p step) {
      ask(step.column(), ColumnDemand.NUMBERS);
      made(step.column(), step.into());
    } else if (feature instanceof Clip step) {
      ask(step.column(), ColumnDemand.NUMBERS);
      made(step.column(), step.into());
    } else if (feature instanceof HashBucket step) {
      ask(step.column(), ColumnDemand.TEXT);
      made.add(step.into());
    } else if (feature instanceof ForColumns several) {
      several.columns().forEach(column -> add(several.of(column)));
    } else {
      others(feature);
    }
  }

  private void others(RowFeature feature) {
    if (feature instanceof Difference step) {
      numbers(List.of(step.left(), step.right()), step.into());
    } else if (feature instanceof Ratio step) {
      numbers(List.of(step.left(), step.right()), step.into());
    } else if (feature instanceof EqualsIndicator step) {
      made.add(step.into());
    } else if (feature instanceof IsNull step) {
      made.add(step.into());
    } else if (feature instanceof IsPresent step) {
      made.add(step.into() == null ? step.column() : step.into());
    } else if (feature instanceof RowFunction step) {
      if (step.function() instanceof CellFunction.OfDouble
          || step.function() instanceof CellFunction.OfDoubles) {
        step.inputs().forEach(input -> ask(input, ColumnDemand.NUMBERS));
      }
      made.add(step.into());
    }
  }

  private void numbers(List<String> inputs, String into) {
    inputs.forEach(input -> ask(input, ColumnDemand.NUMBERS));
    made.add(into);
  }

  private void made(String column, String into) {
    String name = into == null ? column : into;
    // A pattern takes what suits: the columns that it does not take stay the source's.
    if (!ColumnPattern.isPattern(name)) {
      made.add(name);
    }
  }

  private void ask(String column, ColumnDemand demand) {
    if (isSource(column)) {
      roles = roles.with(column, demand);
    }
  }
}
