package dev.almanac.pipelines.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.work.process.Lines;
import dev.almanac.pipelines.work.worker.WorkerMessage;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunState;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A worker whose trainings are formulas: it starts in a moment, and keeps a run as a training does,
 * with its lease, its record, a line an epoch and no more at one moment than a process has written
 * that is killed. Nobody has to load PyTorch for it.
 */
final class FormulaWorker {
  static final int EPOCHS = 9;

  private final Run sample;
  private final Path runs;
  private final Random pauses = new Random();

  private FormulaWorker(Run sample) {
    this.sample = sample;
    this.runs = Path.of(sample.folder()).resolveSibling("runs");
  }

  /** Argument: the folder of a finished run, beside that of the runs. */
  public static void main(String[] arguments) throws Exception {
    Lines requests = new Lines(System.in, () -> Runtime.getRuntime().halt(0));
    FormulaWorker worker = new FormulaWorker(Run.open(arguments[0]));
    long number = 1;
    for (Optional<String> line = requests.next(); line.isPresent(); line = requests.next()) {
      WorkerMessage.Request request = WorkerMessage.Request.of(line.get(), number++);
      worker.train(request);
      System.out.println(
          new WorkerMessage.Answer(request.runId(), WorkerMessage.Ended.TRAINED, null).line());
    }
  }

  private void train(WorkerMessage.Request request) throws Exception {
    String folder = runs.resolve(request.runId()).toString();
    try (Lease lease = Lease.take(folder, "train run " + request.runId())) {
      boolean isThere = Files.exists(Path.of(folder, RunRecord.FILE));
      Run run = isThere ? Run.open(folder) : new Run(folder, begun(request));
      run = run.write(isThere ? run.record().resumed() : run.record());
      Path file = Path.of(run.path(Run.EPOCHS));
      List<EpochRecord> epochs = new ArrayList<>(run.epochs());
      StringBuilder sound = new StringBuilder();
      epochs.forEach(epoch -> sound.append(Json.line(epoch)).append('\n'));
      Files.writeString(file, sound);
      int until = Math.min(EPOCHS, request.until().epochs());
      for (int epoch = epochs.size() + 1; epoch <= until; epoch++) {
        Thread.sleep(pauses.nextInt(12));
        epochs.add(epoch(request.origin().assignment(), epoch, epochs));
        append(file, Json.line(epochs.get(epoch - 1)) + "\n");
      }
      lease.confirm();
      RunRecord ended = ended(run.record(), epochs).withFiles(run.hashed(Run.EPOCHS));
      if (epochs.size() == EPOCHS) {
        copyModel(run);
        ended = ended.withFiles(run.hashed(Run.MODEL));
      }
      run.write(ended);
    }
  }

  private void copyModel(Run run) throws IOException {
    Files.createDirectories(Path.of(run.path(Run.MODEL)));
    for (String file : sample.files(Run.MODEL)) {
      Files.copy(
          Path.of(sample.path(file)), Path.of(run.path(file)), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private RunRecord begun(WorkerMessage.Request request) {
    RunRecord of = sample.record();
    return new RunRecord(
        of.formatVersion(),
        request.runId(),
        RunState.begun(of.created()),
        new RunSeries(null, request.origin()),
        of.recipe(),
        of.machine(),
        null,
        Map.of());
  }

  private static RunRecord ended(RunRecord record, List<EpochRecord> epochs) {
    EpochRecord best = epochs.get(0);
    for (EpochRecord epoch : epochs) {
      best = epoch.best() ? epoch : best;
    }
    if (epochs.size() < EPOCHS) {
      return record.paused(best.validation());
    }
    RunOutcome.Result result =
        new RunOutcome.Result(
            EPOCHS, best.epoch(), false, 0, best.validationLoss(), best.speed(), 0, null);
    return record
        .finished(record.created(), result, best.validation())
        .evaluated("test", best.validation(), Map.of());
  }

  private EpochRecord epoch(Map<String, JsonNode> at, int number, List<EpochRecord> before)
      throws IOException {
    double rate = Math.log10(at.get("train.optimizer.learning-rate").doubleValue()) + 2;
    double decay = at.get("train.optimizer.weight-decay").doubleValue();
    double loss = rate * rate + decay + (1 + Math.sin(1e4 * decay)) / number;
    boolean best = before.stream().allMatch(epoch -> epoch.validationLoss() > loss);
    EpochRecord of = sample.epochs().get(0);
    Map<String, Double> metrics = Map.of("mae", loss);
    return new EpochRecord(number, of.steps(), 0.01, loss, loss, metrics, best, of.speed());
  }

  /** In two pieces, between which it may be killed. */
  private void append(Path file, String line) throws Exception {
    byte[] bytes = line.getBytes(UTF_8);
    int cut = pauses.nextInt(bytes.length);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      out.write(bytes, 0, cut);
      Thread.sleep(pauses.nextInt(5));
      out.write(bytes, cut, bytes.length - cut);
    }
  }
}
