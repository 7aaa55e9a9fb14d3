package dev.almanac.transforms.dataset;

import dev.almanac.transforms.encode.ClassTexts;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.staging.ClassRows;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.RangeSummary;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Classes of the label that rows of validation and test have and train has not, so that no model
 * can predict them.
 *
 * @param classes by name, of the whole source
 */
record UnknownClasses(String label, UnknownClassPolicy policy, List<ClassRows> classes) {
  private static final int SHOWN = 10;

  /**
   * Those of all rows that are not of train.
   *
   * @param all the classes of these rows
   */
  static UnknownClasses of(DatasetJob job, FittedTransform transform, List<ClassRows> all) {
    if (all.isEmpty()) {
      return new UnknownClasses(job.label(), job.tolerance().unknownClasses(), List.of());
    }
    ClassTexts known = transform.label().texts();
    return new UnknownClasses(
        job.label(),
        job.tolerance().unknownClasses(),
        all.stream().filter(each -> known.index(each.name()) < 0).toList());
  }

  /** Whether their rows are left out. */
  boolean areDropped() {
    return policy == UnknownClassPolicy.DROP && !classes.isEmpty();
  }

  /** The names of classes whose rows stay; their labels are -1 and down, in this order. */
  List<String> names() {
    return areDropped() ? List.of() : classes.stream().map(ClassRows::name).toList();
  }

  /**
   * Ends the work when they are not wanted.
   *
   * @throws DatasetException naming them, with places
   */
  void check() {
    if (policy == UnknownClassPolicy.REFUSE && !classes.isEmpty()) {
      throw new DatasetException(
          "Cannot prepare: label '%s' has classes that no row of train has, and columns.unknown-classes is refuse%n  %s%s"
              .formatted(
                  label,
                  classes.stream()
                      .limit(SHOWN)
                      .map(each -> "%s: %s".formatted(counted(each), place(each)))
                      .collect(Collectors.joining("%n  ".formatted())),
                  classes.size() > SHOWN
                      ? "%n  ... and %s more".formatted(classes.size() - SHOWN)
                      : ""));
    }
  }

  /** One when there is any. */
  List<Notice> notices() {
    if (classes.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Notice(
            Notice.Kind.UNKNOWN_CLASSES,
            label,
            classes.stream().mapToLong(ClassRows::rows).sum(),
            "train has no row of %s of '%s'; %s"
                .formatted(
                    classes.stream()
                            .limit(SHOWN)
                            .map(UnknownClasses::counted)
                            .collect(Collectors.joining(", "))
                        + (classes.size() > SHOWN
                            ? " and %s"
                                .formatted(
                                    Count.of(classes.size() - SHOWN, "more class", "more classes"))
                            : ""),
                    label,
                    areDropped()
                        ? "such rows are dropped"
                        : "whatever is predicted of such rows counts as wrong"),
            classes.stream().map(UnknownClasses::place).toList()));
  }

  /** Such as {@code class 'hail' (12 test)}. */
  private static String counted(ClassRows rows) {
    String validation = rows.validation() == 0 ? "" : "%s validation".formatted(rows.validation());
    String test = rows.test() == 0 ? "" : "%s test".formatted(rows.test());
    return "class '%s' (%s%s%s %s)"
        .formatted(
            rows.name(),
            validation,
            validation.isEmpty() || test.isEmpty() ? "" : ", ",
            test,
            rows.rows() == 1 ? "row" : "rows");
  }

  private static String place(ClassRows rows) {
    return "%s, line %s: %s".formatted(rows.first().file(), rows.first().line(), rows.name());
  }

  /** What became of a range's rows once the unknown classes are known. */
  SourceLedger ledger(RangeSummary range) {
    if (!areDropped() || range.classes() == null) {
      return range.ledger();
    }
    Set<String> unknown = classes.stream().map(ClassRows::name).collect(Collectors.toSet());
    RowCounts rows = range.ledger().rows();
    for (ClassRows each : range.classes()) {
      if (unknown.contains(each.name())) {
        rows = rows.dropping(each.validation(), each.test());
      }
    }
    return range.ledger().withRows(rows);
  }
}
