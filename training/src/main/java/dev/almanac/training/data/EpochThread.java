package dev.almanac.training.data;

import dev.almanac.training.data.read.PackedRow;
import java.io.IOException;

/**
 * Does an epoch's jobs, one after the other, until there are none, and then begins with the next
 * epoch's.
 */
final class EpochThread implements Runnable {
  private final OpenSplit split;
  private final ReaderMemory memory;
  private final EpochWork work;
  private final EpochWork ahead;
  private final PackedRow row;
  private final BatchFiller filler;

  /**
   * @param ahead the epoch that is likely to come next; null when there is none
   */
  EpochThread(OpenSplit split, ReaderMemory memory, EpochWork work, EpochWork ahead) {
    this.split = split;
    this.memory = memory;
    this.work = work;
    this.ahead = ahead;
    this.row = PackedRow.of(split.catalog().encoded());
    this.filler = new BatchFiller(row);
  }

  /** Whatever goes wrong, an error of the JVM too, is the consumer's to know. */
  @Override
  public void run() {
    EpochWork current = work;
    try (SlotLoader loader = new SlotLoader(split)) {
      for (ReaderJob job = work.take(); job != null; job = work.take()) {
        if (job instanceof ReaderJob.Load load) {
          load(loader, load);
          work.done(load);
        } else if (job instanceof ReaderJob.Gather gather) {
          filler.fill(
              gather.window(), gather.from(), gather.to(), gather.batch().batch(), gather.at());
          work.done(gather);
        }
      }
      current = ahead;
      for (ReaderJob.Load load = next(); load != null; load = next()) {
        load(loader, load);
        ahead.done(load);
      }
    } catch (Throwable e) {
      current.fail(e);
    }
  }

  /** While the consumer works on the last batches, its next epoch can begin. */
  private ReaderJob.Load next() {
    return ahead == null || work.isStopped() ? null : ahead.takeAhead();
  }

  private void load(SlotLoader loader, ReaderJob.Load job) throws IOException {
    LoadedWindow window = job.window();
    window.prepare(memory);
    if (job.slot() == window.plan().slots()) {
      window.ordered(window.places().order(row.words()));
      return;
    }
    loader.load(window.plan(), window.places(), job.slot(), window.store());
  }
}
