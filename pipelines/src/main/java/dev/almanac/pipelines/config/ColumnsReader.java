package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import java.util.List;

/**
 * Reads the {@code columns:} section: what each column is to a model. Columns that feature steps
 * create join by themselves unless they are named here.
 *
 * @param columns whose label is a number until {@code train.task} says what it is; null when the
 *     label is missing
 * @param unknownClasses what becomes of validation and test rows of a class that train has not
 */
record ColumnsReader(ModelColumns columns, UnknownClassPolicy unknownClasses) {
  /** Nothing is lost, nothing stops, and no metric is better than it is. */
  private static final UnknownClassPolicy USUAL = UnknownClassPolicy.COUNT_AS_WRONG;

  /** Of a config that has no such section. */
  static final ColumnsReader NONE = new ColumnsReader(null, USUAL);

  static ColumnsReader read(Section section) {
    String label = section.requiredText("label", "the column to predict");
    UnknownClassPolicy unknown =
        section.word(
            "unknown-classes", USUAL, UnknownClassPolicy.values(), UnknownClassPolicy::text);
    List<String> numeric = section.texts("numeric", List.of());
    List<String> nominal = section.texts("nominal", List.of());
    List<String> keep = section.texts("keep", List.of());
    section.close();
    if (label == null) {
      return new ColumnsReader(null, unknown);
    }
    ModelColumns columns = new ModelColumns(label, LabelKind.REGRESSION, numeric, nominal, keep);
    columns.check(section.problems());
    return new ColumnsReader(columns, unknown);
  }
}
