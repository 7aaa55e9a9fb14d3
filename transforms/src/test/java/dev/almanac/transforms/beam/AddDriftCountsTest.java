package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.analyze.FitAccumulator;
import dev.almanac.transforms.beam.coder.DriftCountsCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.fit.FittedTransform;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.hamcrest.Description;
import org.hamcrest.TypeSafeMatcher;
import org.junit.jupiter.api.Test;

class AddDriftCountsTest {
  private static final FittedTransform FITTED = fitted();
  private static final ColumnBatch ORDERS = Orders.batch(700, 3);

  @Test
  void theSumDoesNotDependOnHowItWasCombined() {
    CombineFnTester.testCombineFn(new AddDriftCounts.Add(), parts(), new SameBytes(counts(ORDERS)));
  }

  @Test
  void theSumInAPipelineIsThatOfAllRows() {
    byte[] expected = bytes(counts(ORDERS));
    Pipeline pipeline = Pipeline.create();
    List<KV<Integer, DriftCounts>> parts =
        parts().stream().map(counts -> KV.of(0, counts)).toList();
    PCollection<KV<Integer, DriftCounts>> sum =
        pipeline
            .apply(
                "Counts",
                Create.of(parts).withCoder(KvCoder.of(VarIntCoder.of(), DriftCountsCoder.of())))
            .apply("Add", AddDriftCounts.create());
    PAssert.thatSingleton(sum)
        .satisfies(
            found -> {
              assertArrayEquals(expected, bytes(found.getValue()));
              assertEquals(700, found.getValue().rows());
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static List<DriftCounts> parts() {
    return Orders.shuffled(ORDERS, 90, 4).stream().map(AddDriftCountsTest::counts).toList();
  }

  private static DriftCounts counts(ColumnBatch orders) {
    DriftReference reference = DriftReference.of(FITTED);
    DriftCounts counts = reference.counts();
    ColumnBatch computed = FITTED.applyFeatures(orders);
    counts.add(reference, computed, FITTED.encode(computed));
    return counts;
  }

  private static FittedTransform fitted() {
    FitPlan plan = Orders.plan();
    FitAccumulator train = plan.accumulator();
    train.add(plan.features().apply(Orders.batch(900, 1)));
    return plan.fit(train).withoutLabel();
  }

  private static byte[] bytes(DriftCounts counts) {
    try {
      return CoderUtils.encodeToByteArray(DriftCountsCoder.of(), counts);
    } catch (CoderException e) {
      throw new AssertionError(e);
    }
  }

  private static final class SameBytes extends TypeSafeMatcher<DriftCounts> {
    private final byte[] expected;

    SameBytes(DriftCounts expected) {
      this.expected = bytes(expected);
    }

    @Override
    protected boolean matchesSafely(DriftCounts actual) {
      return Arrays.equals(expected, bytes(actual));
    }

    @Override
    public void describeTo(Description description) {
      description.appendText("counts of the same bytes");
    }
  }
}
