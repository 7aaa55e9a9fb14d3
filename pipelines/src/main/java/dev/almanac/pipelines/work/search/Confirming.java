package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Effort;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.storage.Storage;
import java.util.List;

/** Trains a study's best again with fresh seeds, in a study below it. */
record Confirming(Trainings trainings) {
  /** The best of a study that has ended, by their mean. */
  List<Confirmed> of(Study study) throws Exception {
    AlmanacConfig config = trainings.config();
    SearchConfig search = config.search();
    List<Trial> best = study.ranked().stream().limit(search.choice().confirm().best()).toList();
    List<Given> seeds =
        Confirmed.trainings(
            best, search.choice().confirm().seeds(), new Plan(config).question().seed());
    trainings
        .watch()
        .line(
            "Training the best %s of %s trials again, each with %s fresh seeds"
                .formatted(best.size(), study.trials().size(), search.choice().confirm().seeds()));
    StudyConfig again = new Plan(config).confirming();
    try (Study confirming =
        Study.open(Storage.resolve(config.studies(), again.name()), again, search.space(), true)) {
      long others =
          confirming.trials().stream()
              .filter(trial -> seeds.stream().noneMatch(given -> given.is(trial)))
              .count();
      long total = others + seeds.size();
      Effort effort =
          new Effort(Budget.ofTrials(Math.toIntExact(total)), trainings.atOnce(), seeds);
      StudyListener listener =
          new SearchProgress(trainings.watch(), search.metric(), search.goal(), total);
      trainings.run(again.name(), objective -> confirming.run(objective, effort, listener));
      return Confirmed.of(best, seeds, confirming.trials(), search.goal());
    }
  }
}
