package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.training.run.Run;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A finished trial and the run that stands for it. */
record Winner(Trial trial, Run run) {
  /**
   * The best trial whose run is there.
   *
   * @param runs the folder of runs
   * @param notes gets a sentence for each better one whose run is not
   */
  static Winner of(Study study, String runs, String folder, List<String> notes) throws IOException {
    List<Trial> ranked = study.ranked();
    List<String> gone = new ArrayList<>();
    for (Trial trial : ranked) {
      try {
        Run run = open(runs, trial);
        gone.forEach(reason -> notes.add("%s; taking the next best".formatted(reason)));
        return new Winner(trial, run);
      } catch (IOException e) {
        gone.add(
            "trial %s, %s, cannot be used: %s"
                .formatted(trial.number(), Figures.number(trial.value()), e.getMessage()));
      }
    }
    if (!ranked.isEmpty()) {
      throw new ForeseenException(
          "Cannot choose a model: of the %s trials of %s that finished no run can be used; %s"
              .formatted(ranked.size(), folder, gone.get(0)));
    }
    String first =
        study.trials().stream()
            .filter(trial -> trial.reason() != null)
            .findFirst()
            .map(trial -> "; trial %s: %s".formatted(trial.number(), trial.reason()))
            .orElse("");
    throw new ForeseenException(
        "Cannot choose a model: none of the %s trials of %s finished%s"
            .formatted(study.trials().size(), folder, first));
  }

  /** The run of a trial, whose model is there. */
  static Run open(String runs, Trial trial) throws IOException {
    Run run = Run.open(Storage.resolve(runs, String.valueOf(trial.runId())));
    run.ensemble();
    return run;
  }
}
