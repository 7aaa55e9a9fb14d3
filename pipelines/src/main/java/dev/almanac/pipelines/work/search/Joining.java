package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.training.lease.Lease;
import dev.almanac.training.search.Budget;
import dev.almanac.training.search.Study;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyListener;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Takes part in a search that another process leads: in its trials, and in training the best again.
 */
record Joining(Trainings trainings) {
  private static final int PAUSE_MILLIS = 500;

  /**
   * Takes part until nobody leads the search any more.
   *
   * @return what ended it; null when its leader went before
   */
  Budget.End run() throws Exception {
    Plan plan = trainings.plan();
    StudyConfig trials = plan.question();
    StudyConfig again = plan.confirming();
    Budget.End end = join(trials, SearchProgress.of(search(), trainings.watch()));
    while (end != null && isLed(trials)) {
      if (isLed(again)) {
        join(again, new SearchProgress(trainings.watch(), search().metric(), search().goal(), 0));
      } else if (StudyRecord.read(folder(trials)).ended() == null) {
        // It had ended before and is gone on with.
        end = join(trials, SearchProgress.of(search(), trainings.watch()));
      }
      trainings.watch().check();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    return end;
  }

  private Budget.End join(StudyConfig study, StudyListener listener) throws Exception {
    trainings.watch().line("Joining the search in %s".formatted(folder(study)));
    return trainings.run(
        study,
        objective -> Study.join(folder(study), study, objective, trainings.atOnce(), listener));
  }

  private boolean isLed(StudyConfig study) throws IOException {
    return Lease.holder(folder(study)).isPresent();
  }

  private String folder(StudyConfig study) {
    return Storage.resolve(config().studies(), study.name());
  }

  private AlmanacConfig config() {
    return trainings.config();
  }

  private SearchConfig search() {
    return config().search();
  }
}
