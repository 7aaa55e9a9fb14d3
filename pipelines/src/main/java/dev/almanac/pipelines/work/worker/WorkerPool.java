package dev.almanac.pipelines.work.worker;

import dev.almanac.pipelines.work.process.ChildProcesses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Workers that stay: as many as are asked at once, one GPU each where there are some. A segment
 * goes to the worker that trained its run last, if that one is free. Workers never outlive the
 * pool, or the process that it is in. Thread-safe.
 */
public final class WorkerPool implements AutoCloseable {
  private final List<String> command;
  private final TrialDevices devices;
  private final ChildProcesses processes = new ChildProcesses();
  private final List<Worker> free = new ArrayList<>();

  /**
   * @param command starts a worker: a program and its arguments
   */
  public WorkerPool(List<String> command, TrialDevices devices) {
    this.command = List.copyOf(command);
    this.devices = devices;
  }

  /**
   * Has a segment trained, by a worker that is started when none is free. Interrupted, it lets the
   * training write its checkpoint first.
   *
   * @return how it ended, out of memory apart
   * @throws WorkerEndException when the worker ended, which costs this segment alone
   */
  public WorkerMessage.Answer train(WorkerMessage.Request request)
      throws WorkerEndException, IOException, InterruptedException {
    Worker worker = take(request.runId());
    boolean isSound = false;
    try {
      WorkerMessage.Answer answer = worker.ask(request);
      isSound = true;
      return answer;
    } catch (InterruptedException e) {
      worker.stop();
      throw e;
    } finally {
      if (isSound) {
        give(worker);
      } else {
        worker.kill();
        devices.release(worker.device());
      }
    }
  }

  private Worker take(String run) throws IOException {
    synchronized (free) {
      free.removeIf(this::isGone);
      Worker found = null;
      for (Worker worker : free) {
        found = found == null || worker.knows(run) ? worker : found;
      }
      if (found != null) {
        free.remove(found);
        return found;
      }
    }
    String device = devices.take();
    try {
      return new Worker(
          processes.start(
              command, device == null ? Map.of() : Map.of(TrialDevices.VISIBLE, device)),
          device);
    } catch (IOException | RuntimeException e) {
      devices.release(device);
      throw e;
    }
  }

  /** One that was ended while nobody asked it costs nobody anything. */
  private boolean isGone(Worker worker) {
    if (worker.isAlive()) {
      return false;
    }
    worker.kill();
    devices.release(worker.device());
    return true;
  }

  private void give(Worker worker) {
    synchronized (free) {
      free.add(worker);
    }
  }

  /** Tells all workers to end, and waits until they have written their state. */
  public void stop() {
    processes.stop();
  }

  /** Whether they were told to end, so that how one ended says nothing. */
  public boolean isStopped() {
    return processes.areStopped();
  }

  @Override
  public void close() {
    processes.kill();
  }
}
