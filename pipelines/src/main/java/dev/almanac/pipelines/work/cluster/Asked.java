package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.worker.WorkerEndException;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.training.search.space.SearchException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A segment that a thread of the search waits for. */
record Asked(WorkerMessage.Request request, CompletableFuture<SegmentEnd> end) {
  static Asked of(WorkerMessage.Request request) {
    return new Asked(request, new CompletableFuture<>());
  }

  static WorkerEndException stopped() {
    return new WorkerEndException("its engine was told to end", null);
  }

  String run() {
    return request.runId();
  }

  /** Ends the waiting; without a reason it was told to end. */
  void fail(SearchException why) {
    if (why == null) {
      end.complete(SegmentEnd.of(stopped()));
    } else {
      end.completeExceptionally(why);
    }
  }

  /**
   * Waits.
   *
   * @throws SearchException what ended the whole generation
   */
  WorkerMessage.Answer await() throws WorkerEndException, InterruptedException {
    try {
      return end.get().heard();
    } catch (ExecutionException e) {
      throw (SearchException) e.getCause();
    }
  }
}
