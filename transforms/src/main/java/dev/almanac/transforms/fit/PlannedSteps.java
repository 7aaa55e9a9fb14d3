package dev.almanac.transforms.fit;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalStep;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.encode.NumericStep;
import dev.almanac.transforms.encode.Step;
import dev.almanac.transforms.encode.Steps;
import dev.almanac.transforms.feature.CreatedColumn;
import dev.almanac.transforms.feature.Role;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The features with their steps, in order, checked against the columns there are. */
record PlannedSteps(
    FitSteps fit, Map<String, List<NumericStep>> numeric, Map<String, NominalStep> nominal) {

  /** The features, the label and what is kept, after the feature steps. */
  Set<String> used(ModelColumns columns) {
    Set<String> used = new HashSet<>(numeric.keySet());
    used.addAll(nominal.keySet());
    used.addAll(columns.keep());
    if (columns.label() != null) {
      used.add(columns.label());
    }
    return used;
  }

  /** Reports every problem; the result is of use only when there is none. */
  static PlannedSteps of(
      FeaturePlan features, ModelColumns asked, FitSteps fit, Problems problems) {
    return new Checks(features, asked, fit, problems).plan();
  }

  /** The checks share what they look at. */
  private record Checks(FeaturePlan features, ModelColumns asked, FitSteps fit, Problems problems) {

    PlannedSteps plan() {
      Map<String, List<NumericStep>> numeric = new LinkedHashMap<>();
      Map<String, NominalStep> nominal = new LinkedHashMap<>();
      checkOrder("fit.numeric", fit.numeric());
      checkOne("fit.nominal", fit.nominal());
      for (String column : withCreated(asked.numeric(), Role.NUMERIC)) {
        field(column).ifPresent(field -> checkNumber("columns.numeric", field));
        numeric.put(column, steps(column, fit.numeric(), NumericStep.class));
        if (own(column) != null) {
          checkOrder("fit.columns." + column, numeric.get(column));
        }
        checkFilled(column, numeric.get(column));
      }
      for (String column : withCreated(asked.nominal(), Role.NOMINAL)) {
        Optional<Field> field = field(column);
        List<NominalStep> steps = steps(column, fit.nominal(), NominalStep.class);
        if (own(column) != null) {
          checkOne("fit.columns." + column, steps);
        }
        nominal.put(column, steps.isEmpty() ? null : steps.get(0));
        field.ifPresent(found -> steps.forEach(step -> checkHoldsNumbers(found, step)));
      }
      checkLabel();
      checkNames(numeric, nominal);
      return new PlannedSteps(fit, numeric, nominal);
    }

    private List<String> withCreated(List<String> named, Role role) {
      List<String> columns = new ArrayList<>(named);
      for (CreatedColumn created : features.createdColumns()) {
        if (created.role() == role && !asked.names(created.name())) {
          columns.add(created.name());
        }
      }
      return columns;
    }

    /** A column that is not there is told where its name was asked for. */
    private Optional<Field> field(String column) {
      TableSchema schema = features.outputSchema();
      return schema.contains(column) ? Optional.of(schema.field(column)) : Optional.empty();
    }

    private void checkNumber(String place, Field field) {
      if (!field.type().isNumeric()) {
        String advice =
            field.type() == ColumnType.DATE
                ? "make numbers of it with the feature step date-parts"
                : "say under source: how its numbers are written, or correct its cells; a column of categories is named in columns.nominal";
        problems
            .at(place)
            .add(
                "column '%s' must hold numbers (it is %s); %s"
                    .formatted(field.name(), field.type(), advice));
      }
    }

    private void checkHoldsNumbers(Field field, NominalStep step) {
      if (step.needsNumbers() && !field.type().isNumeric()) {
        problems
            .at("fit")
            .add(
                "column '%s' must hold numbers for %s (it is %s); give it another step in fit.columns"
                    .formatted(field.name(), Steps.name(step), field.type()));
      }
    }

    /** The steps of a column in place of the usual ones: those of its name, or of a pattern. */
    private List<Step> own(String column) {
      List<String> keys = fit.keysOf(column);
      return keys.isEmpty() ? null : fit.columns().get(keys.get(0));
    }

    private <S extends Step> List<S> steps(String column, List<S> usual, Class<S> kind) {
      List<String> keys = fit.keysOf(column);
      if (keys.size() > 1) {
        problems
            .at("fit.columns")
            .add("column '%s' matches %s; name it, or narrow a pattern".formatted(column, keys));
      }
      List<Step> own = own(column);
      if (own == null) {
        return usual;
      }
      List<S> steps = new ArrayList<>();
      for (Step step : own) {
        if (kind.isInstance(step)) {
          steps.add(kind.cast(step));
        } else {
          boolean numeric = kind == NumericStep.class;
          problems
              .at("fit.columns")
              .at(column)
              .add(
                  "%s is not a step of a %s column; name the column in columns.%s, or choose another step"
                      .formatted(
                          Steps.name(step),
                          numeric ? "numeric" : "nominal",
                          numeric ? "nominal" : "numeric"));
        }
      }
      return List.copyOf(steps);
    }

    private void checkOne(String place, List<NominalStep> steps) {
      if (steps.size() != 1) {
        problems
            .at(place)
            .add(
                "a nominal column needs exactly one step, such as index (%s)"
                    .formatted(steps.size()));
      }
    }

    private void checkOrder(String place, List<NumericStep> steps) {
      List<String> names = steps.stream().map(Steps::name).toList();
      List<NumericStep> active = steps.stream().filter(step -> step.part() != null).toList();
      NumericStep before = null;
      for (NumericStep step : active) {
        if (before != null && before.part().compareTo(step.part()) >= 0) {
          problems
              .at(place)
              .add(
                  "the steps must be at most one impute step, then at most one that scales, then at most one clip (%s)"
                      .formatted(names));
          return;
        }
        before = step;
      }
      before = null;
      for (NumericStep step : active) {
        if (step.after() != null && !step.after().isInstance(before)) {
          problems
              .at(place)
              .add(
                  "%s must stand after %s (%s)"
                      .formatted(Steps.name(step), Steps.name(step.after()), names));
        }
        before = step;
      }
    }

    private void checkFilled(String column, List<NumericStep> steps) {
      TableSchema schema = features.outputSchema();
      boolean fills = steps.stream().anyMatch(step -> step.part() == NumericStep.Part.FILL);
      if (!fills && schema.contains(column) && schema.field(column).nullable()) {
        problems
            .at("fit")
            .add(
                "column '%s' may be missing and no step fills it (%s); add an impute step, or make it not nullable in the schema"
                    .formatted(column, steps.stream().map(Steps::name).toList()));
      }
    }

    private void checkLabel() {
      if (asked.label() == null) {
        return;
      }
      Optional<Field> label = field(asked.label());
      if (label.isPresent() && asked.labelKind() == LabelKind.REGRESSION) {
        checkNumber("columns.label", label.get());
      }
    }

    private void checkNames(
        Map<String, List<NumericStep>> numeric, Map<String, NominalStep> nominal) {
      if (numeric.isEmpty() && nominal.isEmpty()) {
        problems.at("columns").add("there must be a feature; name columns in numeric or nominal");
      }
      Set<String> used = new HashSet<>();
      numeric.keySet().forEach(column -> used.addAll(fit.keysOf(column)));
      nominal.keySet().forEach(column -> used.addAll(fit.keysOf(column)));
      for (String column : fit.columns().keySet()) {
        if (!used.contains(column)) {
          List<String> all = new ArrayList<>(numeric.keySet());
          all.addAll(nominal.keySet());
          problems
              .at("fit.columns")
              .at(column)
              .add("must be a feature (features: %s)".formatted(ColumnNames.listed(all)));
        }
      }
      checkOutput(numeric, nominal);
    }

    private void checkOutput(
        Map<String, List<NumericStep>> numeric, Map<String, NominalStep> nominal) {
      List<String> names = new ArrayList<>(numeric.keySet());
      nominal.keySet().stream().filter(name -> !numeric.containsKey(name)).forEach(names::add);
      numeric.forEach(
          (column, steps) -> {
            if (steps.stream().anyMatch(NumericStep::indicator)) {
              names.add(column + NumericEncoder.MISSING_SUFFIX);
            }
          });
      if (asked.label() != null && !names.contains(asked.label())) {
        names.add(asked.label());
      }
      asked.keep().stream().distinct().forEach(name -> names.add(OutputColumns.kept(name)));
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        if (!seen.add(name)) {
          problems
              .at("columns")
              .add(
                  "two columns of the output would be named '%s'; rename or leave out one"
                      .formatted(name));
        }
      }
    }
  }
}
