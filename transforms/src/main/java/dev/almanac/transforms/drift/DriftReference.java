package dev.almanac.transforms.drift;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.encode.Encoder;
import dev.almanac.transforms.encode.ReferenceColumn;
import dev.almanac.transforms.fit.FittedTransform;
import java.util.List;

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

  /** The reference that a transform holds, of every feature before its encoding. */
  public static DriftReference of(FittedTransform transform) {
    return new DriftReference(
        transform.encoders(), transform.encoders().stream().map(Encoder::reference).toList());
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
