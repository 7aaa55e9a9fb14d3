package dev.almanac.pipelines.work.worker;

import dev.almanac.transforms.problem.RequestException;
import java.io.IOException;
import java.util.Optional;

/** Those that train segments of trials, several at once, wherever they are. Thread-safe. */
public interface SegmentWorkers extends AutoCloseable {
  /**
   * Has a segment trained. Interrupted, it lets the training write its checkpoint first.
   *
   * @return how it ended, out of memory apart
   * @throws WorkerEndException when the worker ended, which costs this segment alone
   */
  WorkerMessage.Answer train(WorkerMessage.Request request)
      throws WorkerEndException, IOException, InterruptedException;

  /** Why none of them can train what they are asked for, so that the request has to change. */
  default Optional<RequestException> refused() {
    return Optional.empty();
  }

  /** Tells all workers to end, and waits until they have written their state. */
  void stop();

  /** Whether they were told to end, so that how one ended says nothing. */
  boolean isStopped();

  @Override
  void close();
}
