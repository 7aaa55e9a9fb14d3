package dev.almanac.pipelines.work.worker;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Cancellation;
import dev.almanac.pipelines.work.CancelledException;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.process.Lines;
import dev.almanac.pipelines.work.train.Segments;
import dev.almanac.pipelines.work.train.Train;
import dev.almanac.training.problem.MemoryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Trains what a search asks for, segment after segment, in one process: Java, PyTorch and the rows
 * of a dataset stay warm between them. What it trains is to the bit what a process of its own
 * would.
 *
 * @param file the config that all trials share
 * @param watch who may end it
 * @param messages what a person is told of an exception
 * @param halt ends the process at once, when it does not end by itself
 */
public record TrialWorker(
    ConfigFile file, Watch watch, Function<Throwable, String> messages, Runnable halt) {
  /** How long a training may take to write its checkpoint when nobody listens any more. */
  private static final int ENDING_SECONDS = 60;

  /**
   * Answers one request after another until there are no more, or memory ends.
   *
   * @throws IOException when a line is no request
   */
  public void serve(InputStream in, PrintStream out) throws IOException, InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    Lines requests = new Lines(in, () -> end(over));
    Cancellation.Handle waking = watch.cancellation().onCancel(requests::end);
    try {
      Segments segments = new Segments(watch, WorkerMemory.rows(Runtime.getRuntime().maxMemory()));
      long number = 1;
      for (Optional<String> line = requests.next();
          line.isPresent() && !watch.isCancelled();
          line = requests.next(), number++) {
        WorkerMessage.Answer answer =
            answer(segments, WorkerMessage.Request.of(line.get(), number));
        out.print(answer.line() + "\n");
        out.flush();
        if (answer.ended() == WorkerMessage.Ended.OUT_OF_MEMORY) {
          return;
        }
      }
    } finally {
      waking.close();
      over.countDown();
    }
  }

  /** The search is gone, however it ended: nothing is left behind but the run's state. */
  private void end(CountDownLatch over) {
    watch.cancellation().cancel();
    try {
      if (!over.await(ENDING_SECONDS, TimeUnit.SECONDS)) {
        halt.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private WorkerMessage.Answer answer(Segments segments, WorkerMessage.Request request) {
    WorkerMessage.Ended ended = WorkerMessage.Ended.TRAINED;
    String error = null;
    try {
      AlmanacConfig config = file.with(request.settings()).read(Train.NEEDS);
      segments.train(
          config,
          new Segments.Ask(
              request.dataset(),
              request.runId(),
              request.origin(),
              request.until(),
              request.before()));
    } catch (CancelledException e) {
      ended = WorkerMessage.Ended.STOPPED;
    } catch (OutOfMemoryError | MemoryException e) {
      ended = WorkerMessage.Ended.OUT_OF_MEMORY;
      error = messages.apply(e);
    } catch (Exception | StackOverflowError e) {
      ended = WorkerMessage.Ended.FAILED;
      error = messages.apply(e);
    }
    return new WorkerMessage.Answer(request.runId(), ended, error);
  }
}
