package dev.almanac.transforms.beam.coder;

import dev.almanac.transforms.column.ColumnBatch;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Tells Beam how batches travel, so that other people's transforms may make them without naming a
 * coder. Found by Java's service loader; the kernel itself knows nothing of Beam.
 */
public final class AlmanacCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        CoderProviders.forCoder(TypeDescriptor.of(ColumnBatch.class), ColumnBatchCoder.of()));
  }
}
