package dev.almanac.pipelines.work.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.pipelines.work.study.Confirmed;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Effort;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.storage.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trains a study's best again with fresh seeds, in a study below it. */
record Confirming(Trainings trainings) {
  private static final String SEED = "train.seed";

  /**
   * The best of a study that has ended, by their mean.
   *
   * @param shown hears of the trainings
   */
  List<Confirmed> of(Study study, StudyListener shown) throws Exception {
    AlmanacConfig config = trainings.config();
    SearchConfig search = config.search();
    List<Trial> best = study.ranked().stream().limit(search.choice().confirm().best()).toList();
    List<Given> seeds = trainings(best, search.choice().confirm().seeds(), search.seed());
    trainings
        .watch()
        .line(
            "Training the best %s of %s trials again, each with %s fresh seeds"
                .formatted(best.size(), study.trials().size(), search.choice().confirm().seeds()));
    StudyConfig again = trainings.plan().confirming();
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
          new SearchProgress(trainings.watch(), search.metric(), search.goal(), total).and(shown);
      trainings.run(again, objective -> confirming.run(objective, effort, listener));
      List<Trial> trained =
          confirming.trials().stream()
              .filter(trial -> seeds.stream().anyMatch(given -> given.is(trial)))
              .toList();
      return Confirmed.of(best, trained, search.goal());
    }
  }

  /**
   * The trainings that confirm some trials.
   *
   * @param seed of the study; each seed follows from it, the trial's number and its own number
   */
  static List<Given> trainings(List<Trial> trials, int seeds, long seed) {
    List<Given> trainings = new ArrayList<>();
    for (int number = 0; number < seeds; number++) {
      for (Trial trial : trials) {
        double place = Draw.place(seed, trial.number(), "confirm " + number);
        Map<String, JsonNode> values = new LinkedHashMap<>(trial.assignment());
        values.put(SEED, LongNode.valueOf((long) (place * Integer.MAX_VALUE)));
        trainings.add(Given.of(Confirmed.origin(trial), values));
      }
    }
    return trainings;
  }
}
