package dev.almanac.pipelines.work.worker;

import dev.almanac.pipelines.work.process.ChildProcesses;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Workers that stay: as many as are asked at once, one GPU each where there are some. A segment
 * goes to the worker that trained its run last, if that one is free. Workers never outlive the
 * pool, or the process that it is in. Thread-safe.
 */
public final class WorkerPool implements SegmentWorkers {
  private final List<String> command;
  private final Map<String, String> environment;
  private final TrialDevices devices;
  private final ChildProcesses processes = new ChildProcesses();
  private final List<Worker> free = new ArrayList<>();

  /**
   * @param command starts a worker: a program and its arguments
   */
  public WorkerPool(List<String> command, TrialDevices devices) {
    this(command, Map.of(), devices);
  }

  /**
   * @param environment of the workers beside that of this process
   */
  public WorkerPool(List<String> command, Map<String, String> environment, TrialDevices devices) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.devices = devices;
  }

  /**
   * By a worker that is started when none is free.
   *
   * @throws WorkerStartException when none could be started
   */
  @Override
  public WorkerMessage.Answer train(WorkerMessage.Request request)
      throws WorkerEndException, WorkerStartException, InterruptedException {
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

  private Worker take(String run) throws WorkerStartException {
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
    Map<String, String> beside = new HashMap<>(environment);
    if (device != null) {
      beside.put(TrialDevices.VISIBLE, device);
    }
    try {
      return new Worker(processes.start(command, beside), device);
    } catch (IOException | RuntimeException e) {
      devices.release(device);
      throw new WorkerStartException(e);
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

  @Override
  public void stop() {
    processes.stop();
  }

  @Override
  public boolean isStopped() {
    return processes.areStopped();
  }

  @Override
  public void close() {
    processes.kill();
  }
}
