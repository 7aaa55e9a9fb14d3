package dev.almanac.transforms.beam;

import dev.almanac.transforms.drift.DriftCounts;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Adds up the counts of each key, all of which are by one reference. */
public final class AddDriftCounts
    extends PTransform<
        PCollection<KV<Integer, DriftCounts>>, PCollection<KV<Integer, DriftCounts>>> {
  private static final long serialVersionUID = 1L;

  private AddDriftCounts() {}

  public static AddDriftCounts create() {
    return new AddDriftCounts();
  }

  @Override
  public PCollection<KV<Integer, DriftCounts>> expand(
      PCollection<KV<Integer, DriftCounts>> counts) {
    return counts.apply("Add", Combine.perKey(new Add()));
  }

  static final class Add extends Combine.BinaryCombineFn<DriftCounts> {
    private static final long serialVersionUID = 1L;

    @Override
    public DriftCounts apply(DriftCounts left, DriftCounts right) {
      return left.plus(right);
    }
  }
}
