package dev.almanac.pipelines.work.cluster;

import dev.almanac.pipelines.work.worker.TrialDevices;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.pipelines.work.worker.WorkerPool;
import dev.almanac.pipelines.work.worker.WorkerProgram;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Trains segments, numbered lines of JSON, one at a time in a process of its own. */
final class TrainSegment extends DoFn<KV<Integer, String>, String> {
  private static final long serialVersionUID = 1L;

  private final WorkerProgram program;
  private final Map<String, String> environment;
  private final Desk desk;
  private final String runs;

  private transient WorkerPool workers;
  private transient JobClasses classes;
  private transient Thread training;

  TrainSegment(WorkerProgram program, Map<String, String> environment, Desk desk, String runs) {
    this.program = program;
    this.environment = environment;
    this.desk = desk;
    this.runs = runs;
  }

  /** The GPUs of a machine, for all that an executor trains. */
  private static final class Devices {
    private static TrialDevices all;

    static synchronized TrialDevices all() throws IOException {
      if (all == null) {
        all = TrialDevices.of(System.getenv(), TrialDevices.DRIVER);
      }
      return all;
    }
  }

  @ProcessElement
  public void train(@Element KV<Integer, String> element, OutputReceiver<String> output)
      throws IOException, InterruptedException {
    if (!desk.isThere()) {
      // The search misses an answer then, and says so.
      return;
    }
    WorkerMessage.Request request = WorkerMessage.Request.of(element.getValue(), element.getKey());
    desk.end(request, attempted(request));
    output.output(request.runId());
  }

  /** On a thread that nobody but us interrupts, so that a training can write its checkpoint. */
  private SegmentEnd attempted(WorkerMessage.Request request)
      throws IOException, InterruptedException {
    SegmentAttempt attempt = new SegmentAttempt(desk, runs, workers());
    FutureTask<SegmentEnd> task = new FutureTask<>(() -> attempt.at(request));
    training = thread("segment", task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      training.interrupt();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      } else if (e.getCause() instanceof Error error) {
        throw error;
      } else if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Thread thread(String name, Runnable task) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread = new Thread(group, task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private WorkerPool workers() throws IOException {
    if (workers == null) {
      classes = JobClasses.of(TrainSegment.class.getClassLoader());
      workers =
          new WorkerPool(
              program.there(Runtime.getRuntime().maxMemory(), classes.file()),
              environment,
              Devices.all());
    }
    return workers;
  }

  @Teardown
  public void close() throws IOException {
    if (workers == null) {
      return;
    }
    WorkerPool pool = workers;
    workers = null;
    classes.close();
    if (training.isAlive()) {
      Thread writing = training;
      thread("segment-end", () -> end(writing, pool));
    } else {
      pool.close();
    }
  }

  /** Ends the process once what it was training has its checkpoint. */
  private static void end(Thread writing, WorkerPool pool) {
    try {
      writing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    pool.close();
  }
}
