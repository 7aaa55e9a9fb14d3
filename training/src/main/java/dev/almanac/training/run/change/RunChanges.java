package dev.almanac.training.run.change;

import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.label.Labels;
import dev.almanac.transforms.problem.WorkException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The right to change what people say of the runs of a folder, and to delete and restore them. One
 * process holds it at a time, others wait a while; trainings and those who only look need none.
 * What a process that was killed had begun is done to its end before anything else.
 */
public final class RunChanges implements AutoCloseable {
  /** Holds the lease, and lies in the folder of runs. */
  static final String FOLDER = ".changes";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PAUSE_MILLIS = 50;

  private final String folder;
  private final DeletedRuns deleted;
  private final Lease lease;

  private RunChanges(String folder, Lease lease) {
    this.folder = folder;
    this.deleted = new DeletedRuns(folder);
    this.lease = lease;
  }

  /**
   * Takes the right, when others have given it back.
   *
   * @param folder of runs
   * @param what is going to be done, such as {@code tag runs of x}, for the message
   * @throws LeaseException naming who holds it too long
   */
  public static RunChanges begin(String folder, String what) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        RunChanges changes =
            new RunChanges(folder, Lease.take(Storage.resolve(folder, FOLDER), what));
        changes.deleted.finishWhatWasBegun();
        return changes;
      } catch (LeaseException held) {
        if (System.nanoTime() > end) {
          throw held;
        }
        pause();
      }
    }
  }

  /** Changes what stands on a run; says what does now, null when the run is not there any more. */
  public Labels label(String name, UnaryOperator<Labels> change) throws IOException {
    String run = Storage.resolve(folder, name);
    if (!isThere(name)) {
      return null;
    }
    Labels labels = change.apply(Labels.of(run));
    labels.write(run);
    return labels;
  }

  /**
   * Takes a run out of the folder, to where {@link #restore} brings it back from; whether it was
   * still there.
   */
  public boolean delete(String name) throws IOException {
    // Of a run that was killed before it had a record there is only a folder.
    boolean there = isThere(name) || !Storage.below(Storage.resolve(folder, name)).isEmpty();
    if (there) {
      deleted.delete(name);
    }
    return there;
  }

  private boolean isThere(String name) throws IOException {
    return Storage.exists(Storage.resolve(folder, name, RunRecord.FILE));
  }

  /**
   * Brings a deleted run back.
   *
   * @throws IOException when there is a run of its name
   */
  public void restore(String name) throws IOException {
    deleted.restore(name);
  }

  /** Deletes the files of a deleted run for good. */
  public void purge(String name) throws IOException {
    deleted.purge(name);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkException("Cannot change runs: interrupted");
    }
  }

  @Override
  public void close() throws IOException {
    lease.close();
  }
}
