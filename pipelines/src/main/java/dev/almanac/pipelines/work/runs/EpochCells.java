package dev.almanac.pipelines.work.runs;

import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.find.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An epoch as a line of a table. */
final class EpochCells {
  static final List<String> HEAD =
      List.of(
          "run",
          "epoch",
          "steps",
          "learning-rate",
          "best",
          "seconds",
          "rows-per-second",
          "train.loss",
          "validation.loss");

  private EpochCells() {}

  static Map<String, Value> of(String run, EpochRecord epoch) {
    Map<String, Value> cells = new LinkedHashMap<>();
    cells.put("run", Value.of(run));
    cells.put("epoch", Value.of(epoch.epoch()));
    cells.put("steps", Value.of(epoch.steps()));
    cells.put("learning-rate", Value.of(epoch.learningRate()));
    cells.put("best", Value.of(Boolean.toString(epoch.best())));
    cells.put("seconds", Value.of(epoch.speed().seconds()));
    cells.put("rows-per-second", Value.of(epoch.speed().rowsPerSecond()));
    cells.put("train.loss", Value.of(epoch.trainLoss()));
    if (epoch.validationLoss() != null) {
      cells.put("validation.loss", Value.of(epoch.validationLoss()));
    }
    epoch
        .validation()
        .forEach((metric, value) -> cells.put("validation." + metric, Value.of(value)));
    return cells;
  }
}
