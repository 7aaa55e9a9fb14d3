package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.column.ColumnPattern;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * What each column is to a model: the {@code columns:} section. Columns that feature steps create
 * join by themselves unless they are named here.
 *
 * <p>The lists hold names and {@link ColumnPattern patterns}.
 *
 * @param unknownClasses what becomes of validation and test rows of a class that train has not
 * @param keep source columns that ride along into the dataset; they may also be features
 */
public record ColumnsConfig(
    String label,
    UnknownClassPolicy unknownClasses,
    List<String> numeric,
    List<String> nominal,
    List<String> keep) {
  public ColumnsConfig {
    numeric = List.copyOf(numeric);
    nominal = List.copyOf(nominal);
    keep = List.copyOf(keep);
  }

  static ColumnsConfig read(Section section) {
    String label = section.requiredText("label", "the column to predict");
    // Nothing is lost, nothing stops, and no metric is better than it is.
    String unknown =
        section.word(
            "unknown-classes",
            UnknownClassPolicy.COUNT_AS_WRONG.text(),
            UnknownClassPolicy.texts());
    List<String> numeric = section.texts("numeric", List.of());
    List<String> nominal = section.texts("nominal", List.of());
    List<String> keep = section.texts("keep", List.of());
    section.close();
    for (String role : List.of("numeric", "nominal")) {
      int position = (role.equals("numeric") ? numeric : nominal).indexOf(label);
      if (position >= 0) {
        section.problem(
            "%s[%s]".formatted(role, position),
            "must not be the label: a model would be given what it is to predict ('%s')"
                .formatted(label));
      }
    }
    List<String> both = new ArrayList<>(nominal);
    both.retainAll(numeric);
    // The pattern of both is no contradiction: what is no number is left for nominal.
    both.removeIf(ColumnPattern::isPattern);
    for (String column : both) {
      section.problem(
          "nominal[%s]".formatted(nominal.indexOf(column)),
          "must not be numeric too ('%s')".formatted(column));
    }
    UnknownClassPolicy policy =
        UnknownClassPolicy.texts().contains(unknown)
            ? UnknownClassPolicy.of(unknown)
            : UnknownClassPolicy.REFUSE;
    return new ColumnsConfig(label, policy, numeric, nominal, keep);
  }
}
