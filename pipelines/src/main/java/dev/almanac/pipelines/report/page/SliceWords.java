package dev.almanac.pipelines.report.page;

import dev.almanac.pipelines.report.measure.ErrorTotals;

/**
 * How the errors of rows are called.
 *
 * @param size of the mean size of errors, such as {@code MAE}
 * @param signed of the mean signed error, such as {@code bias}
 * @param signedMeaning what the sign of it says
 */
record SliceWords(
    String size, String signed, String signedMeaning, Digits digits, boolean inPercent) {
  static SliceWords ofNumbers(double typical) {
    return new SliceWords(
        "MAE", "bias", "above zero the model predicts too high", Digits.of(typical), false);
  }

  static SliceWords ofBinary(String second) {
    return new SliceWords(
        "error rate",
        "bias",
        "mean probability of '%s' minus how often it was so".formatted(second),
        new Digits(1),
        true);
  }

  static SliceWords ofClasses() {
    return new SliceWords(
        "error rate",
        "overconfidence",
        "mean confidence minus the share of rows that are right",
        new Digits(1),
        true);
  }

  Table.Cell size(ErrorTotals errors) {
    double value = scaled(errors.meanSize());
    return Table.Cell.number(value, digits);
  }

  Table.Cell linear(ErrorTotals errors) {
    return Table.Cell.number(scaled(errors.meanLinear()), digits);
  }

  Table.Cell signed(ErrorTotals errors) {
    return Table.Cell.signed(scaled(errors.meanSigned()), digits);
  }

  /** In the unit that is shown: percent, or the label's own. */
  double scaled(double value) {
    return inPercent ? 100 * value : value;
  }

  String sizeTitle() {
    return inPercent ? size + ", %" : size;
  }

  /** Of the linear baseline. */
  String linearTitle() {
    return "linear " + sizeTitle();
  }

  String signedTitle() {
    return inPercent ? signed + ", %" : signed;
  }
}
