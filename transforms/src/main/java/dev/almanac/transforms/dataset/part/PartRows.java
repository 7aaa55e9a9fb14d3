package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.spool.SpoolReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of one part, in its order, batch by batch. Not thread-safe. */
public abstract class PartRows implements AutoCloseable {
  private final List<SpoolReader> spools = new ArrayList<>();

  public static PartRows open(PartPlan plan) throws IOException {
    return plan.keys() == null ? new SourceOrderRows(plan) : new ShuffledRows(plan);
  }

  /** The next rows, or null after the last. */
  public abstract ColumnBatch next() throws IOException;

  final SpoolReader openSpool(String path) throws IOException {
    SpoolReader spool = new SpoolReader(path);
    spools.add(spool);
    return spool;
  }

  @Override
  public final void close() throws IOException {
    for (SpoolReader spool : spools) {
      spool.close();
    }
  }
}
