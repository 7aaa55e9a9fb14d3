package dev.almanac.transforms.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * What the parquet files of a dataset hold, in the order of their columns: numeric features
 * (float32), categories (int32), the label (float32), then the source columns kept.
 *
 * @param leftOut features that were asked for and are not there; null when there is none
 */
public record DatasetColumns(
    List<String> numeric,
    List<Category> nominal,
    Label label,
    List<Kept> keep,
    List<LeftOut> leftOut) {
  public DatasetColumns {
    numeric = List.copyOf(numeric);
    nominal = List.copyOf(nominal);
    keep = List.copyOf(keep);
    leftOut = leftOut == null || leftOut.isEmpty() ? null : List.copyOf(leftOut);
  }

  /** The same, of rows among which are such of classes that train has not. */
  public DatasetColumns withUnknownClasses(List<String> unknown) {
    return unknown.isEmpty()
        ? this
        : new DatasetColumns(
            numeric,
            nominal,
            new Label(label.column, label.mean, label.standardDeviation, label.classes, unknown),
            keep,
            leftOut);
  }

  /** With nothing left out. */
  public DatasetColumns(
      List<String> numeric, List<Category> nominal, Label label, List<Kept> keep) {
    this(numeric, nominal, label, keep, null);
  }

  /**
   * A category column.
   *
   * @param cardinality how many indices there are: 0 is NULL, 1 unknown, the vocabulary or the bins
   *     from 2
   */
  public record Category(String name, int cardinality) {}

  /**
   * The label.
   *
   * @param column its name in the parquet files and in the source
   * @param mean over train, in the label's own unit; null for classes
   * @param standardDeviation over train, in the label's own unit; null for classes
   * @param classes the class of each index; null for regression
   * @param unknownClasses classes of validation and test rows that train has not, whose labels are
   *     -1 and down; null when there are none
   */
  public record Label(
      String column,
      Double mean,
      Double standardDeviation,
      List<String> classes,
      List<String> unknownClasses) {
    public Label {
      classes = classes == null ? null : List.copyOf(classes);
      unknownClasses =
          unknownClasses == null || unknownClasses.isEmpty() ? null : List.copyOf(unknownClasses);
    }

    /** Of a dataset whose classes train has, all of them. */
    public Label(String column, Double mean, Double standardDeviation, List<String> classes) {
      this(column, mean, standardDeviation, classes, null);
    }

    /** The classes, then those that train has not. */
    public List<String> allClasses() {
      List<String> all = new ArrayList<>(classes);
      all.addAll(unknownClasses == null ? List.of() : unknownClasses);
      return all;
    }

    /** The place of a label in {@link #allClasses}. */
    public int place(float value) {
      return value < 0 ? classes.size() - 1 - (int) value : (int) value;
    }

    public boolean isClasses() {
      return classes != null;
    }
  }

  /**
   * A source column that rides along.
   *
   * @param name its name in the parquet files
   * @param source its name in the source
   * @param type long, double, date or string
   */
  public record Kept(String name, String source, String type) {}
}
