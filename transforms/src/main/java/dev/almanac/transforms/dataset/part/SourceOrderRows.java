package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.spool.SpoolBlock;
import dev.almanac.transforms.spool.SpoolReader;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Rows as the source has them: slice after slice, block after block. */
final class SourceOrderRows extends PartRows {
  private final PartPlan plan;
  private final Iterator<PartPlan.Slice> slices;
  private PartPlan.Slice slice;
  private SpoolReader spool;
  private Iterator<SpoolBlock> blocks = List.<SpoolBlock>of().iterator();
  private long passed;

  SourceOrderRows(PartPlan plan) {
    this.plan = plan;
    this.slices = plan.slices().iterator();
  }

  @Override
  public ColumnBatch next() throws IOException {
    while (true) {
      if (!blocks.hasNext() || passed >= slice.skip() + slice.rows()) {
        if (!slices.hasNext()) {
          return null;
        }
        slice = slices.next();
        spool = openSpool(slice.spool());
        blocks = spool.blocks(plan.split()).iterator();
        passed = 0;
      }
      SpoolBlock block = blocks.next();
      int from = (int) Math.max(0, Math.min(block.rows(), slice.skip() - passed));
      int until = (int) Math.min(block.rows(), slice.skip() + slice.rows() - passed);
      passed += block.rows();
      if (from < until) {
        ColumnBatch rows = spool.read(block).batch();
        return rows.slice(from, until);
      }
    }
  }
}
