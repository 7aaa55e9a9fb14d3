package dev.almanac.training.run;

import ai.djl.engine.Engine;
import dev.almanac.transforms.artifact.Dataset;
import dev.almanac.transforms.artifact.DatasetManifest;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trains one model on a dataset and leaves a run's folder behind.
 *
 * <p>A training that fails leaves the folder too, marked failed with the reason and without a
 * model. Equal datasets, configs, threads and machines give equal weights on the processor. One
 * training at a time in a JVM: a second one waits.
 */
public final class Training {
  private final Dataset dataset;
  private final TrainConfig config;
  private final RunContext context;

  private Training(Dataset dataset, TrainConfig config, RunContext context) {
    this.dataset = dataset;
    this.config = config;
    this.context = context;
  }

  /**
   * Trains.
   *
   * @return the finished run
   * @throws TrainingException when the config does not suit the dataset or the machine, or the loss
   *     is not a finite number
   * @throws IOException when the dataset cannot be read or the run not be written
   */
  public static Run run(Dataset dataset, TrainConfig config, RunContext context)
      throws IOException {
    return new Training(dataset, config, context).run();
  }

  private Run run() throws IOException {
    Compute compute = Compute.start(config.device(), config.threads());
    TrainingLoop loop = new TrainingLoop(config, dataset.manifest().columns(), compute);
    if (context.check() == RunContext.DatasetCheck.HASHES) {
      dataset.verify(List.of(Split.TRAIN, Split.VALIDATION));
    }
    Run run = new RunStore(context.runs()).create(draft(loop, compute));
    try {
      return train(run, loop, compute);
    } catch (IOException | RuntimeException | Error e) {
      fail(run, e);
      throw e;
    }
  }

  private Run train(Run run, TrainingLoop loop, Compute compute) throws IOException {
    Journal journal = Journal.of(new RunLog(run), context.progress());
    DatasetManifest manifest = dataset.manifest();
    journal.note(
        "run %s: model %s with %,d weights on %s (%d threads), dataset %s"
            .formatted(
                run.record().runId(),
                config.model().family(),
                run.record().parameters(),
                compute.name(),
                compute.threads(),
                dataset.folder()));
    boolean validates = manifest.rows(Split.VALIDATION) > 0;
    if (!validates) {
      journal.note("no validation rows: the last epoch's weights are kept, patience is not used");
    }
    copyTransform(run);
    TrainingLoop.Outcome outcome;
    try (DatasetSource train = DatasetSource.train(dataset, config)) {
      outcome =
          loop.run(
              train, validates ? new ValidationSource(dataset, Split.VALIDATION) : null, journal);
    }
    outcome.model().save(run.path(Run.MODEL));
    Run finished = run.write(run.record().finished(now(), outcome.result(), outcome.validation()));
    journal.note(
        String.format(
            Locale.ROOT,
            "kept epoch %d of %d; %.1f s, %,.0f rows/s",
            outcome.result().bestEpoch(),
            outcome.result().epochs(),
            outcome.result().seconds(),
            outcome.result().rowsPerSecond()));
    return finished;
  }

  /** Everything that predicting needs lies in the run, so the dataset may go. */
  private void copyTransform(Run run) throws IOException {
    String from = Storage.resolve(dataset.folder(), Run.TRANSFORM);
    for (StoredFile file : Storage.below(from)) {
      String name = file.path().substring(file.path().lastIndexOf("/" + Run.TRANSFORM + "/") + 1);
      Storage.write(
          run.path(name),
          out -> {
            try (InputStream in = Storage.open(file.path())) {
              in.transferTo(out);
            }
          });
    }
  }

  private void fail(Run run, Throwable cause) {
    try {
      Storage.deleteFolder(run.path(Run.MODEL));
      run.write(run.record().failed(now(), cause.getMessage()));
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private RunRecord draft(TrainingLoop loop, Compute compute) {
    DatasetManifest manifest = dataset.manifest();
    Instant now = Instant.now();
    return new RunRecord(
        RunRecord.FORMAT_VERSION,
        RunStore.newId(now, manifest.hash(), config),
        RunStatus.RUNNING,
        null,
        context.group(),
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        null,
        new RunRecord.DatasetReference(
            dataset.folder(), manifest.name(), manifest.hash(), manifest.transformHash()),
        context.config(),
        config,
        compute.name(),
        compute.threads(),
        versions(compute),
        manifest.columns(),
        loop.parameters(),
        null,
        Map.of(),
        Map.of());
  }

  private RunRecord.Versions versions(Compute compute) {
    return new RunRecord.Versions(
        context.almanac(),
        context.gitCommit(),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        Engine.getDjlVersion(),
        compute.pytorch(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")));
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
