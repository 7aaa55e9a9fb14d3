package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.worker.SegmentWorkers;
import dev.almanac.pipelines.work.worker.WorkerEndException;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * An attempt at a segment. An engine makes more than one when it lost a machine, or thinks that it
 * has: one trains at a time, and what is done already is not done again.
 *
 * @param runs the folder of runs
 */
record SegmentAttempt(Desk desk, String runs, SegmentWorkers workers) {

  /** Sees to it that the segment is trained. */
  SegmentEnd at(WorkerMessage.Request request) throws IOException, InterruptedException {
    String manifest = Storage.resolve(request.dataset(), DatasetManifest.FILE);
    if (!Storage.exists(manifest)) {
      return SegmentEnd.unreached(request.dataset(), DatasetIdentity.hostName());
    }
    String earlier = desk.begin(request);
    String folder = Storage.resolve(runs, request.runId());
    while (true) {
      awaitEnd(folder);
      WorkerMessage.Answer done = done(request, folder);
      if (done != null) {
        return SegmentEnd.of(done);
      }
      try {
        WorkerMessage.Answer answer = workers.train(told(request, earlier));
        if (answer.ended() != WorkerMessage.Ended.FAILED || Lease.holder(folder).isEmpty()) {
          return SegmentEnd.of(answer);
        }
        // Another attempt came first.
      } catch (WorkerEndException death) {
        return SegmentEnd.of(death);
      }
    }
  }

  private static WorkerMessage.Request told(WorkerMessage.Request request, String earlier) {
    return earlier == null
        ? request
        : new WorkerMessage.Request(
            request.settings(),
            request.dataset(),
            request.runId(),
            request.origin(),
            request.until(),
            "the engine gave it to %s before, which has not answered".formatted(earlier));
  }

  /** Waits for another attempt, or for one of an earlier search. */
  private static void awaitEnd(String folder) throws IOException, InterruptedException {
    for (int seconds = 1; Lease.holder(folder).isPresent(); seconds = Math.min(10, seconds + 1)) {
      TimeUnit.SECONDS.sleep(seconds);
    }
  }

  /** The answer of one who trained it already; null when there is something left to train. */
  private static WorkerMessage.Answer done(WorkerMessage.Request request, String folder)
      throws IOException {
    if (!Storage.exists(Storage.resolve(folder, RunRecord.FILE))) {
      return null;
    }
    Run run = Run.open(folder).settled();
    RunStatus status = run.record().status();
    boolean isDone =
        status == RunStatus.FINISHED
            || status == RunStatus.PAUSED && run.hasReached(request.until());
    return isDone
        ? new WorkerMessage.Answer(request.runId(), WorkerMessage.Ended.TRAINED, null)
        : null;
  }
}
