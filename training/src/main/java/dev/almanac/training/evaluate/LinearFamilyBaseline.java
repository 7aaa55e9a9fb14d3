package dev.almanac.training.evaluate;

import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.feed.BatchSource;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.Ensemble;
import dev.almanac.training.model.ModelFamilies;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.objective.LossChoice;
import dev.almanac.training.objective.Objective;
import dev.almanac.training.optimize.Adam;
import dev.almanac.training.optimize.OneCycle;
import dev.almanac.training.run.Journal;
import dev.almanac.training.score.Scorer;
import dev.almanac.training.torch.Compute;
import dev.almanac.training.train.TrainingLoop;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;

/**
 * A linear model of classes: model family {@code linear}, trained on the train split alone by Adam
 * with a one-cycle schedule for at least {@value #LEAST_STEPS} steps, and not stopped early.
 */
final class LinearFamilyBaseline implements Baseline {
  static final int LEAST_STEPS = 2000;
  static final int LEAST_EPOCHS = 5;

  private static final String FAMILY = "linear";
  private static final double LEARNING_RATE = 0.02;

  private final Scorer scorer;
  private final int epochs;

  private LinearFamilyBaseline(Scorer scorer, int epochs) {
    this.scorer = scorer;
    this.epochs = epochs;
  }

  /** Rows a step: as many as a run has, fewer when there are few rows. */
  static int batchSize(long rows) {
    return (int) Math.max(32, Math.min(1024, rows / 100));
  }

  static LinearFamilyBaseline fit(
      TrainConfig run, DatasetColumns columns, BatchSource train, Compute compute)
      throws IOException {
    int epochs = (int) Math.max(LEAST_EPOCHS, (LEAST_STEPS + train.steps() - 1) / train.steps());
    Problems problems = new Problems();
    ModelSettings model =
        ModelSettings.read(
            Json.mapper().createObjectNode().put(ModelFamilies.ALL.key(), FAMILY), problems);
    problems.refuse();
    TrainConfig.Batches batches = run.batches();
    TrainConfig.Machine machine = run.machine();
    TrainConfig config =
        new TrainConfig(
            run.task(),
            model,
            LossChoice.usual(run.task()),
            OptimizerConfig.of(new Adam(0, 0.9, 0.999), LEARNING_RATE, new OneCycle()),
            new TrainConfig.Batches(batches.size(), 1, batches.mixedRowGroups()),
            new TrainConfig.Length(epochs, 0),
            new TrainConfig.Machine(
                machine.device(), machine.threads(), Precision.FLOAT32, machine.checkpoint()),
            run.seed());
    Objective objective = Objective.of(run.task(), config.loss(), columns.label(), null);
    TrainingLoop.Outcome outcome =
        new TrainingLoop(config, columns, objective, compute).run(train, null, Journal.silent());
    return new LinearFamilyBaseline(
        new Scorer(Ensemble.of(outcome.model()), columns, objective, compute), epochs);
  }

  @Override
  public String name() {
    return FAMILY;
  }

  @Override
  public String description() {
    return "logistic regression on all features, %s epochs of Adam".formatted(epochs);
  }

  @Override
  public double[] predict(ColumnBatch encoded) {
    return scorer.score(encoded);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
