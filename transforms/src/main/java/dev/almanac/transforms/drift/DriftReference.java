package dev.almanac.transforms.drift;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.ReferenceColumn;
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
  private final List<Encoder> encoders;
  private final List<ReferenceColumn> columns;

  private DriftReference(List<Encoder> encoders, List<ReferenceColumn> columns) {
    this.encoders = List.copyOf(encoders);
    this.columns = List.copyOf(columns);
  }

  /**
   * The reference that a transform holds, of every feature before its encoding.
   *
   * @return nothing when an older Almanac fitted it
   */
  public static Optional<DriftReference> of(FittedTransform transform) {
    List<ReferenceColumn> columns = new ArrayList<>();
    for (Encoder encoder : transform.encoders()) {
      ReferenceColumn column = encoder.reference();
      if (column == null) {
        return Optional.empty();
      }
      columns.add(column);
    }
    return Optional.of(new DriftReference(transform.encoders(), columns));
  }

  List<ReferenceColumn> columns() {
    return columns;
  }

  /** Where a column's cells lie among its counts; negative where they are missing. */
  int[] places(int column, ColumnBatch computed, ColumnBatch encoded) {
    Encoder encoder = encoders.get(column);
    return encoder.places(
        columns.get(column),
        computed.column(encoder.column()),
        encoder.outputs().stream().map(output -> encoded.column(output.name())).toList());
  }

  /** Counts of no row yet. */
  public DriftCounts counts() {
    return DriftCounts.none(columns);
  }
}
