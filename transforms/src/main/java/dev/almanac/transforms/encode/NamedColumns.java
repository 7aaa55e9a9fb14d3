package dev.almanac.transforms.encode;

import dev.almanac.transforms.column.ColumnNames;
import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A choice of columns with a name for each, in place of {@link ColumnPattern patterns}.
 *
 * <p>A pattern takes what matches in the table's order: in {@code numeric} columns of numbers, in
 * {@code nominal} columns of anything but dates, in {@code keep} any column. Those of {@code
 * numeric} go first. What is named, the label among it, and what an earlier pattern took is not
 * taken again; {@code keep} is apart. A name that no column has, and a pattern that no such column
 * matches, is a problem.
 */
final class NamedColumns {
  private final TableSchema table;
  private final Problems problems;

  private NamedColumns(TableSchema table, Problems problems) {
    this.table = table;
    this.problems = problems;
  }

  static ModelColumns of(ModelColumns asked, TableSchema table, Problems problems) {
    NamedColumns named = new NamedColumns(table, problems);
    if (asked.label() != null) {
      named.checkThere(problems.at("label"), asked.label());
    }
    Set<String> taken = new HashSet<>();
    if (asked.label() != null) {
      taken.add(asked.label());
    }
    asked.numeric().stream().filter(named::isName).forEach(taken::add);
    asked.nominal().stream().filter(named::isName).forEach(taken::add);
    List<String> numeric =
        named.names("numeric", asked.numeric(), field -> field.type().isNumeric(), taken);
    List<String> nominal =
        named.names("nominal", asked.nominal(), field -> field.type() != ColumnType.DATE, taken);
    Set<String> kept = new HashSet<>();
    asked.keep().stream().filter(named::isName).forEach(kept::add);
    List<String> keep = named.names("keep", asked.keep(), field -> true, kept);
    return new ModelColumns(asked.label(), asked.labelKind(), numeric, nominal, keep);
  }

  private boolean isName(String text) {
    return !ColumnPattern.isPattern(text) || table.contains(text);
  }

  private void checkThere(Problems place, String name) {
    if (!table.contains(name)) {
      place.add(ColumnNames.absent(name, table.names()));
    }
  }

  private List<String> names(
      String key, List<String> asked, Predicate<Field> suits, Set<String> taken) {
    List<Field> suitable = table.fields().stream().filter(suits).toList();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      String text = asked.get(i);
      if (isName(text)) {
        checkThere(problems.at(key).at(i), text);
        names.add(text);
        continue;
      }
      List<Field> matching = ColumnPattern.of(text).in(suitable);
      if (matching.isEmpty()) {
        problems
            .at(key)
            .at(i)
            .add(
                "no column %smatches '%s'"
                    .formatted(key.equals("numeric") ? "of numbers " : "", text));
      }
      matching.stream().map(Field::name).filter(taken::add).forEach(names::add);
    }
    return names;
  }
}
