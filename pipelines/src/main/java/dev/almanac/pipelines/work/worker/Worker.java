package dev.almanac.pipelines.work.worker;

import dev.almanac.pipelines.work.process.ChildProcess;
import dev.almanac.training.run.ExitStatus;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The search's side of a worker. One thread at a time. */
final class Worker {
  /** Runs whose trainings it may still have in memory. */
  private static final int REMEMBERED = 16;

  private final ChildProcess process;
  private final String device;
  private final Deque<String> runs = new ArrayDeque<>();
  private long answers;

  /**
   * @param device the GPU that it sees; null for none
   */
  Worker(ChildProcess process, String device) {
    this.process = process;
    this.device = device;
  }

  String device() {
    return device;
  }

  /** Whether this run was trained here not long ago. */
  boolean knows(String run) {
    return runs.contains(run);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Has a segment trained.
   *
   * @throws WorkerEndException when the process ended, or says what is no answer
   */
  WorkerMessage.Answer ask(WorkerMessage.Request request)
      throws WorkerEndException, InterruptedException {
    runs.remove(request.runId());
    runs.addFirst(request.runId());
    if (runs.size() > REMEMBERED) {
      runs.removeLast();
    }
    process.say(request.line());
    Optional<String> line = process.hear();
    if (line.isEmpty()) {
      ChildProcess.Ended ended = process.await();
      ExitStatus exit = new ExitStatus(ended.status());
      throw new WorkerEndException(
          "its process ended with %s%s"
              .formatted(exit, ended.errors().isEmpty() ? "" : ": " + ended.errors()),
          exit);
    }
    answers++;
    WorkerMessage.Answer answer;
    try {
      answer = WorkerMessage.Answer.of(line.get(), answers);
    } catch (IOException e) {
      throw new WorkerEndException(e.getMessage(), null);
    }
    if (!answer.runId().equals(request.runId())) {
      throw new WorkerEndException(
          "line %s answers for run %s (asked for %s)"
              .formatted(answers, answer.runId(), request.runId()),
          null);
    }
    if (answer.ended() == WorkerMessage.Ended.OUT_OF_MEMORY) {
      throw new WorkerEndException(answer.error(), null);
    }
    return answer;
  }

  /** Lets it write the state of what it trains, and ends it. */
  void stop() {
    process.stop();
  }

  /** Ends it at once. */
  void kill() {
    process.close();
  }
}
