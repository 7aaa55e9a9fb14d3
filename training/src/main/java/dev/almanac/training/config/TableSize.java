package dev.almanac.training.config;

import dev.almanac.training.objective.Task;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.split.Split;
import java.util.Locale;

/**
 * What a first choice of settings depends on.
 *
 * @param rows of train
 * @param numeric columns
 * @param nominal columns
 * @param categories of the largest nominal column, NULL and unknown among them; 0 without one
 */
record TableSize(Task task, long rows, int numeric, int nominal, int categories) {
  static TableSize of(Task task, DatasetManifest manifest) {
    DatasetColumns columns = manifest.columns();
    return new TableSize(
        task,
        manifest.rows(Split.TRAIN),
        columns.numeric().size(),
        columns.nominal().size(),
        columns.nominal().stream().mapToInt(DatasetColumns.Category::cardinality).max().orElse(0));
  }

  /** For a person. */
  String text() {
    return String.format(
        Locale.ROOT, "%,d train rows of %d numeric and %d nominal columns", rows, numeric, nominal);
  }
}
