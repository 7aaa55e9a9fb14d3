package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;

/** Shows a training on the console. */
final class TrainProgress implements ProgressListener {
  private final dev.almanac.pipelines.work.Progress console;

  TrainProgress(dev.almanac.pipelines.work.Progress console) {
    this.console = console;
  }

  @Override
  public void note(String text) {
    console.line(text);
  }

  @Override
  public void step(Progress at) {
    console.step(
        "epoch %s of %s".formatted(at.epoch(), at.epochs()),
        at.step(),
        at.steps(),
        "batches",
        "%s rows/s  loss %s  %s left in all"
            .formatted(
                Figures.count(Math.round(at.rowsPerSecond())),
                Figures.number(at.trainLoss()),
                Figures.duration(at.secondsLeft())));
  }

  @Override
  public void epoch(EpochRecord epoch) {
    StringBuilder text = new StringBuilder();
    text.append(
        "epoch %s  train loss %s".formatted(epoch.epoch(), Figures.number(epoch.trainLoss())));
    if (epoch.validationLoss() != null) {
      text.append("  validation loss ").append(Figures.number(epoch.validationLoss()));
      epoch
          .validation()
          .forEach((name, value) -> text.append("  %s %s".formatted(name, Figures.number(value))));
    }
    text.append("  %s rows/s".formatted(Figures.count(Math.round(epoch.rowsPerSecond()))));
    console.line(text + (epoch.best() ? "  best" : ""));
  }
}
