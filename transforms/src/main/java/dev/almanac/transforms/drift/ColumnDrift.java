package dev.almanac.transforms.drift;

import java.util.List;

/**
 * How far a column of some rows is from train.
 *
 * @param psi of the values present, unseen categories counting as other ones; null when train or
 *     the rows have none
 * @param trainNulls the share of cells without a value in train
 * @param inputNulls the share of cells without a value in the rows
 * @param trainUnseen the share of train's values that its vocabulary left out; null of numbers
 * @param inputUnseen the share of the rows' values that the vocabulary does not hold; null of
 *     numbers
 * @param drifted what is beyond its limit: {@code psi}, {@code nulls}, {@code unseen}; often empty
 * @param tooFew what was not judged, for want of values: the same words; often empty
 * @param bins shares of the values present; null where they were left out
 */
public record ColumnDrift(
    String column,
    Double psi,
    double trainNulls,
    double inputNulls,
    Double trainUnseen,
    Double inputUnseen,
    List<String> drifted,
    List<String> tooFew,
    List<Share> bins) {
  public ColumnDrift {
    drifted = List.copyOf(drifted);
    tooFew = List.copyOf(tooFew);
    bins = bins == null ? null : List.copyOf(bins);
  }

  ColumnDrift withoutBins() {
    return new ColumnDrift(
        column, psi, trainNulls, inputNulls, trainUnseen, inputUnseen, drifted, tooFew, null);
  }

  /** The share of train's values and of the rows' in a bin, or of a category. */
  public record Share(String bin, double train, double input) {}
}
