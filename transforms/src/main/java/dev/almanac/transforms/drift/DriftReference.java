package dev.almanac.transforms.drift;

import dev.almanac.transforms.encode.BinEncoder;
import dev.almanac.transforms.encode.CategoryEncoder;
import dev.almanac.transforms.encode.NominalEncoder;
import dev.almanac.transforms.encode.NumericEncoder;
import dev.almanac.transforms.fit.FittedTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a fit remembers of train to tell whether further rows are like it: tenths of every number,
 * the most frequent categories, the share of nulls. Of train alone, exact, and so the same on every
 * engine. Immutable and thread-safe.
 */
public final class DriftReference {
  private final List<ReferenceColumn> columns;

  private DriftReference(List<ReferenceColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * The reference that a transform holds, of every feature before its encoding.
   *
   * @return nothing when an older Almanac fitted it
   */
  public static Optional<DriftReference> of(FittedTransform transform) {
    List<ReferenceColumn> columns = new ArrayList<>();
    for (NumericEncoder encoder : transform.numeric()) {
      if (encoder.statistics().bins() == null) {
        return Optional.empty();
      }
      columns.add(ReferenceColumn.of(encoder.column(), encoder.statistics()));
    }
    for (CategoryEncoder encoder : transform.nominal()) {
      if (encoder instanceof NominalEncoder texts) {
        columns.add(ReferenceColumn.of(texts));
      } else if (((BinEncoder) encoder).statistics().bins() == null) {
        return Optional.empty();
      } else {
        columns.add(ReferenceColumn.of(encoder.column(), ((BinEncoder) encoder).statistics()));
      }
    }
    return Optional.of(new DriftReference(columns));
  }

  List<ReferenceColumn> columns() {
    return columns;
  }

  /** Counts of no row yet. */
  public DriftCounts counts() {
    return DriftCounts.none(columns);
  }
}
