package dev.almanac.transforms.beam.coder;

import dev.almanac.transforms.analyze.FitAccumulator;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/** Carries the statistics of a fit, in their own compact form. Equal statistics, equal bytes. */
public final class FitAccumulatorCoder extends CustomCoder<FitAccumulator> {
  private static final long serialVersionUID = 1L;
  private static final FitAccumulatorCoder INSTANCE = new FitAccumulatorCoder();

  private FitAccumulatorCoder() {}

  public static FitAccumulatorCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(FitAccumulator statistics, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    statistics.write(data);
    data.flush();
  }

  @Override
  public FitAccumulator decode(InputStream in) throws IOException {
    return FitAccumulator.read(new DataInputStream(in));
  }

  @Override
  public void verifyDeterministic() {
    // The laws of FitAccumulator.write: no order and no grouping changes a byte.
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FitAccumulatorCoder;
  }

  @Override
  public int hashCode() {
    return FitAccumulatorCoder.class.hashCode();
  }
}
