package dev.almanac.training.track;

import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Shows a tracker the runs of a folder that it has not been shown to their end, those of processes
 * that were killed among them, one at a time. One process does so at a time.
 */
public final class CatchUp implements AutoCloseable {
  private final PendingRuns pending;
  private final Tracker tracker;
  private final Lease lease;
  private final Deque<String> left;

  private CatchUp(PendingRuns pending, Tracker tracker, Lease lease) throws IOException {
    this.pending = pending;
    this.tracker = tracker;
    this.lease = lease;
    this.left = new ArrayDeque<>(lease == null ? List.of() : pending.ids());
  }

  /** Of the runs that are pending now; of none while another process is at it. */
  public static CatchUp begin(String runs, Tracker tracker) throws IOException {
    PendingRuns pending = new PendingRuns(runs, tracker.key());
    if (pending.ids().isEmpty()) {
      return new CatchUp(pending, tracker, null);
    }
    try {
      return new CatchUp(
          pending, tracker, Lease.take(pending.folder(), "send what %s lacks".formatted(runs)));
    } catch (LeaseException another) {
      return new CatchUp(pending, tracker, null);
    }
  }

  /** How many there are left to look at. */
  public int left() {
    return left.size();
  }

  /**
   * Looks at the next one, which is shown unless it is under way.
   *
   * @return its id when it was shown, else null
   * @throws IOException when it cannot be shown now; it stays pending
   */
  public String next() throws IOException, InterruptedException {
    String id = left.remove();
    String folder = Storage.resolve(pending.runs(), id);
    if (!Storage.exists(Storage.resolve(folder, RunRecord.FILE))) {
      pending.remove(id);
      return null;
    }
    RunView state = RunView.of(Run.open(folder).settled());
    if (!state.isIdle()) {
      return null;
    }
    tracker.show(state);
    if (state.isSettled()) {
      pending.remove(id);
    }
    return id;
  }

  @Override
  public void close() throws IOException {
    if (lease != null) {
      lease.close();
    }
  }
}
