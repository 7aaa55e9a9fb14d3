package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.SearchConfig;
import dev.almanac.training.search.Course;
import dev.almanac.training.search.Order;
import dev.almanac.training.search.StudyConfig;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.transforms.json.Json;
import java.util.List;

/**
 * What a config's search asks.
 *
 * @param config with a search
 * @param rowGroups of an epoch; null when training is counted in epochs, or they are not known yet
 */
record Plan(AlmanacConfig config, Integer rowGroups) {
  /** More trainings at once than anybody has processes for them. */
  private static final int WIDTH = 1024;

  /** The study's question. */
  StudyConfig question() {
    return question(name(), config.search().conduct().course(epochs(), rowGroups));
  }

  /** That of the study below it, whose trials are given. */
  StudyConfig confirming() {
    Course course =
        new Course(
            Order.DETERMINISTIC,
            WIDTH,
            Pruners.none(),
            new Epochs(question().course().epochs().path(), epochs()));
    return question(name() + "/" + StudyRecord.CONFIRM, course);
  }

  private StudyConfig question(String name, Course course) {
    SearchConfig search = config.search();
    return new StudyConfig(
        name,
        search.sampler(),
        search.seed(),
        search.metric(),
        search.goal(),
        config.searchSpace(),
        config.trialHash(),
        course);
  }

  private int epochs() {
    return config.train().length().epochs();
  }

  /** The study's own name, or one that changes with whatever its trials depend on. */
  String name() {
    SearchConfig search = config.search();
    if (search.name() != null) {
      return search.name();
    }
    String question =
        Json.sha256(
            List.of(
                search.sampler(),
                search.seed(),
                search.metric(),
                config.searchSpace(),
                config.trialHash(),
                search.conduct().course(epochs(), null)));
    return config.name() + "-" + question.substring(0, 8);
  }

  /** A trial's share of the cores: more threads than cores in all would be many times slower. */
  int threads() {
    int share =
        Math.max(
            1, Runtime.getRuntime().availableProcessors() / config.search().conduct().parallel());
    return config.train().machine().threads() == 0
        ? share
        : Math.min(share, config.train().machine().threads());
  }
}
