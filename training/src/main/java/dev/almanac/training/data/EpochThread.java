package dev.almanac.training.data;

import dev.almanac.transforms.column.ColumnBatch;
import java.io.IOException;
import java.util.List;

/** Does an epoch's jobs, one after the other, until there are none. */
final class EpochThread implements Runnable {
  private final RowGroupCatalog catalog;
  private final ReaderMemory memory;
  private final EpochWork work;
  private final BatchAssembler assembler;

  EpochThread(RowGroupCatalog catalog, ReaderMemory memory, EpochWork work) {
    this.catalog = catalog;
    this.memory = memory;
    this.work = work;
    this.assembler = new BatchAssembler(catalog.encoded());
  }

  /** Whatever goes wrong, an error of the JVM too, is the consumer's to know. */
  @Override
  public void run() {
    try (RowGroupReader reader = new RowGroupReader(catalog)) {
      for (ReaderJob job = work.take(); job != null; job = work.take()) {
        if (job instanceof ReaderJob.Load load) {
          load(reader, load);
          work.done(load);
        } else if (job instanceof ReaderJob.Gather gather) {
          LoadedWindow window = gather.window();
          assembler.gather(
              window.plan(),
              window.packed(),
              window.order(),
              gather.from(),
              gather.to(),
              gather.batch().batch(),
              gather.at());
          work.done(gather);
        }
      }
    } catch (Throwable e) {
      work.fail(e);
    }
  }

  private void load(RowGroupReader reader, ReaderJob.Load job) throws IOException {
    LoadedWindow window = job.window();
    if (job.slot() == window.plan().slots()) {
      window.ordered(window.plan().order());
      return;
    }
    List<RowGroup> groups = catalog.rowGroups();
    ColumnBatch columns = reader.read(groups.get(window.plan().group(job.slot())));
    int[] packed = memory.rowGroup();
    window.packed()[job.slot()] = packed;
    RowMajor.pack(columns.columns(), columns.rows(), packed);
  }
}
