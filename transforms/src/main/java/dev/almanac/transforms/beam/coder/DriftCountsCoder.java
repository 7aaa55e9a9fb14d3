package dev.almanac.transforms.beam.coder;

import dev.almanac.transforms.drift.DriftCounts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;

/** Carries counts in their own compact form. Equal counts, equal bytes. */
public final class DriftCountsCoder extends CustomCoder<DriftCounts> {
  private static final long serialVersionUID = 1L;
  private static final DriftCountsCoder INSTANCE = new DriftCountsCoder();

  private DriftCountsCoder() {}

  public static DriftCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(DriftCounts counts, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    counts.write(data);
    data.flush();
  }

  @Override
  public DriftCounts decode(InputStream in) throws IOException {
    return DriftCounts.read(new DataInputStream(in));
  }

  @Override
  public void verifyDeterministic() {
    // The laws of DriftCounts.write: no order and no grouping changes a byte.
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DriftCountsCoder;
  }

  @Override
  public int hashCode() {
    return DriftCountsCoder.class.hashCode();
  }
}
