package dev.almanac.pipelines.config;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.CreatedColumn;
import dev.almanac.transforms.feature.Role;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.problem.Problem;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares a config with its schema file, when there is one already: names that no column has, and
 * feature steps that do not suit the types. Without a schema file the same is found when rows are
 * read.
 */
final class SchemaCheck {
  private SchemaCheck() {}

  static void check(AlmanacConfig config, Problems problems) {
    if (config.schema() == null || config.columns() == null) {
      return;
    }
    try {
      if (!Storage.exists(config.schema())) {
        return;
      }
      List<Field> fields =
          SchemaFile.read(config.schema()).columns().stream()
              .map(column -> column.column().field())
              .toList();
      check(config, TableSchema.of(fields), problems);
    } catch (IOException | IllegalArgumentException e) {
      problems.at("schema").add(e.getMessage());
    }
  }

  private static void check(AlmanacConfig config, TableSchema table, Problems problems) {
    List<Problem> unbound = FeaturePlan.problems(table, config.features());
    problems.addAll(unbound);
    if (!unbound.isEmpty()) {
      return;
    }
    FeaturePlan plan = FeaturePlan.of(table, config.features());
    Set<String> known = new LinkedHashSet<>(plan.outputSchema().names());
    ColumnsConfig columns = config.columns();
    unknown(known, List.of(columns.label()), "columns.label", problems);
    unknown(known, columns.numeric(), "columns.numeric", problems);
    unknown(known, columns.nominal(), "columns.nominal", problems);
    unknown(known, columns.keep(), "columns.keep", problems);
    if (config.split() != null) {
      unknown(known, List.of(config.split().column()), "split.column", problems);
    }
    ModelColumns named =
        new ModelColumns(
                columns.label(),
                LabelKind.REGRESSION,
                columns.numeric(),
                columns.nominal(),
                columns.keep())
            .named(plan.outputSchema(), problems);
    Set<String> features = new HashSet<>(named.numeric());
    features.addAll(named.nominal());
    plan.createdColumns().stream()
        .filter(created -> created.role() != Role.NONE)
        .map(CreatedColumn::name)
        .forEach(features::add);
    features.remove(columns.label());
    Set<String> fitted = new HashSet<>();
    features.forEach(feature -> fitted.addAll(config.fit().keysOf(feature)));
    for (String column : config.fit().columns().keySet()) {
      if (!fitted.contains(column)) {
        problems
            .at("fit.columns")
            .at(column)
            .add(
                "must be a feature: no column of columns.numeric, columns.nominal or a feature step has this name");
      }
    }
    boolean patterns =
        Stream.concat(columns.numeric().stream(), columns.nominal().stream())
            .anyMatch(ColumnPattern::isPattern);
    if (features.isEmpty() && !patterns) {
      problems.at("columns").add("there is no feature: name columns in numeric or nominal");
    }
  }

  private static void unknown(
      Set<String> known, List<String> names, String path, Problems problems) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!known.contains(name) && !ColumnPattern.isPattern(name)) {
        boolean single = path.equals("columns.label") || path.equals("split.column");
        (single ? problems.at(path) : problems.at(path).at(i))
            .add(
                "the schema has no column '%s' (columns: %s%s)"
                    .formatted(
                        name, ColumnNames.listed(known), ColumnNames.suggestion(name, known)));
      }
    }
  }
}
