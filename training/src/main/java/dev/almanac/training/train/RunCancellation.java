package dev.almanac.training.train;

import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.transforms.problem.WorkException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A person's wish that a run end for good. A process that trains the run, on whatever machine,
 * finds it in the run's folder and ends the run; one that nobody trains ends at once.
 */
public final class RunCancellation {
  /** In the run's folder, while it is asked for: the reason. */
  static final String FILE = "cancel.txt";

  /** Ten times as long as a training takes to look. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final long PAUSE_MILLIS = 200;

  private RunCancellation() {}

  /**
   * Ends a run for good; its checkpoint goes.
   *
   * @param why for a person
   * @return the run, cancelled
   * @throws TrainingException when it has ended otherwise, or the process that trains it has not
   *     answered for {@code 50} seconds; it ends the run when it does
   */
  public static Run of(Run run, String why) throws IOException {
    String what = "cancel run %s".formatted(run.record().runId());
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean asked = false;
    while (true) {
      try (Lease lease = Lease.take(run.folder(), what)) {
        return end(Run.open(run.folder()), lease, what, why);
      } catch (LeaseException held) {
        if (!asked) {
          Storage.writeText(run.path(FILE), why);
          asked = true;
        } else if (System.nanoTime() > end) {
          throw new TrainingException(
              "%s; it is asked to, and ends the run as soon as it looks"
                  .formatted(held.getMessage()),
              held);
        }
      }
      pause(what);
    }
  }

  private static Run end(Run now, Lease lease, String what, String why) throws IOException {
    Storage.delete(List.of(now.path(FILE)));
    RunRecord record = now.record();
    if (record.status() == RunStatus.CANCELLED) {
      return now;
    } else if (record.status().isOver()) {
      throw new TrainingException(
          "Cannot %s: it has ended already (%s)".formatted(what, record.status().text()));
    }
    return Training.end(now, lease, record.cancelled(Training.now(), why));
  }

  /** Whether somebody wishes it. */
  static boolean isAsked(Run run) throws IOException {
    return Storage.exists(run.path(FILE));
  }

  /**
   * Does what is wished, in the process that trains the run.
   *
   * @return what becomes of the training
   */
  static TrainingException end(Run run, Lease lease) throws IOException {
    String why = Storage.readText(run.path(FILE)).strip();
    Training.end(run, lease, run.record().cancelled(Training.now(), why));
    Storage.delete(List.of(run.path(FILE)));
    return new TrainingException(
        "Cannot go on with run %s: it was cancelled (%s)".formatted(run.record().runId(), why));
  }

  private static void pause(String what) {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkException("Cannot %s: interrupted".formatted(what));
    }
  }
}
