package dev.almanac.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.worker.TrialWorker;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;

/** A search's side of a worker that serves in this very process. */
public final class WorkerTalk {
  private WorkerTalk() {}

  /** What one worker answers to requests, one after another. */
  public static List<WorkerMessage.Answer> answers(
      String config, List<WorkerMessage.Request> requests) throws Exception {
    TrialWorker worker =
        new TrialWorker(
            new ConfigFile(config, List.of()),
            Watch.nobody(),
            thrown -> Failure.of(thrown, "train").message(),
            () -> {});
    List<WorkerMessage.Answer> answers = new ArrayList<>();
    PipedOutputStream asking = new PipedOutputStream();
    PipedInputStream asked = new PipedInputStream(asking);
    PipedOutputStream answering = new PipedOutputStream();
    FutureTask<Void> ended;
    try (asking;
        BufferedReader answered =
            new BufferedReader(new InputStreamReader(new PipedInputStream(answering), UTF_8))) {
      FutureTask<Void> serving =
          new FutureTask<>(
              () -> {
                try (PrintStream out = new PrintStream(answering, true, UTF_8)) {
                  worker.serve(asked, out);
                }
                return null;
              });
      new Thread(serving, "worker").start();
      for (WorkerMessage.Request request : requests) {
        asking.write((request.line() + "\n").getBytes(UTF_8));
        asking.flush();
        answers.add(WorkerMessage.Answer.of(answered.readLine(), answers.size() + 1));
      }
      ended = serving;
    }
    ended.get();
    return answers;
  }
}
