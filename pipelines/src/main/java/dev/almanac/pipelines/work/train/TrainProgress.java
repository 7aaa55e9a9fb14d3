package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.ProgressListener;
import dev.almanac.training.run.Run;

/**
 * Tells a watch how a training goes, and the training when it is cancelled.
 *
 * @param tracking hears of runs, too
 */
record TrainProgress(Watch watch, ProgressListener tracking) implements ProgressListener {
  @Override
  public void started(Run run) {
    tracking.started(run);
  }

  @Override
  public void ended(Run run) {
    tracking.ended(run);
  }

  @Override
  public boolean wantsStop() {
    return watch.isCancelled();
  }

  @Override
  public void note(String text) {
    watch.line(text);
  }

  @Override
  public void step(Progress at) {
    tracking.step(at);
    watch.step(
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
    tracking.epoch(epoch);
    StringBuilder text = new StringBuilder();
    text.append(
        "epoch %s  train loss %s".formatted(epoch.epoch(), Figures.number(epoch.trainLoss())));
    if (epoch.validationLoss() != null) {
      text.append("  validation loss ").append(Figures.number(epoch.validationLoss()));
      epoch
          .validation()
          .forEach((name, value) -> text.append("  %s %s".formatted(name, Figures.number(value))));
    }
    text.append("  %s rows/s".formatted(Figures.count(Math.round(epoch.speed().rowsPerSecond()))));
    watch.line(text + (epoch.best() ? "  best" : ""));
  }
}
