package dev.almanac.transforms.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import java.util.List;

/**
 * How far a column of some rows is from train.
 *
 * @param psi of the values present, unseen categories counting as other ones; null when train or
 *     the rows have none
 * @param train what train lacks
 * @param input what the rows lack
 * @param drifted what is beyond its limit: {@code psi}, {@code nulls}, {@code unseen}; often empty
 * @param tooFew what was not judged, for want of values: the same words; often empty
 * @param bins shares of the values present; null where they were left out
 */
@JsonDeserialize(builder = ColumnDrift.Written.class)
public record ColumnDrift(
    String column,
    Double psi,
    @JsonUnwrapped(prefix = "train-") Lacking train,
    @JsonUnwrapped(prefix = "input-") Lacking input,
    List<String> drifted,
    List<String> tooFew,
    List<Share> bins) {
  public ColumnDrift {
    drifted = List.copyOf(drifted);
    tooFew = List.copyOf(tooFew);
    bins = bins == null ? null : List.copyOf(bins);
  }

  ColumnDrift withoutBins() {
    return new ColumnDrift(column, psi, train, input, drifted, tooFew, null);
  }

  /**
   * Cells that say nothing, or nothing known.
   *
   * @param nulls the share of cells without a value
   * @param unseen the share of the values that train's vocabulary does not hold; null of numbers
   */
  public record Lacking(double nulls, Double unseen) {}

  /** As it stands in {@code drift.json}, where the parts of both sides lie side by side. */
  @JsonPOJOBuilder
  static final class Written {
    @JsonProperty private String column;
    @JsonProperty private Double psi;
    @JsonProperty private double trainNulls;
    @JsonProperty private Double trainUnseen;
    @JsonProperty private double inputNulls;
    @JsonProperty private Double inputUnseen;
    @JsonProperty private List<String> drifted;
    @JsonProperty private List<String> tooFew;
    @JsonProperty private List<Share> bins;

    ColumnDrift build() {
      return new ColumnDrift(
          column,
          psi,
          new Lacking(trainNulls, trainUnseen),
          new Lacking(inputNulls, inputUnseen),
          drifted,
          tooFew,
          bins);
    }
  }

  /** The share of train's values and of the rows' in a bin, or of a category. */
  public record Share(String bin, double train, double input) {}
}
