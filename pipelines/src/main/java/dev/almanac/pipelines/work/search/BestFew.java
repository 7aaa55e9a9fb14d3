package dev.almanac.pipelines.work.search;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.prepare.Datasets;
import dev.almanac.pipelines.work.study.Confirmed;
import dev.almanac.pipelines.work.train.Trainer;
import dev.almanac.training.ensemble.Averaging;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Averages the best models of a study.
 *
 * @param config with a search that asks for it
 */
record BestFew(AlmanacConfig config, Watch watch) {
  /**
   * The run to use: the mean of so many of the best, counted from the first, as are best on
   * validation; the best alone where no mean is better. A mean that was made before of the same
   * runs is taken.
   *
   * @param ranked the best first; trials of the same values count once
   * @param best the first whose run is there
   * @param notes gets a sentence for whatever was not as asked
   */
  Run choose(List<Candidate> ranked, Run best, List<String> notes) throws IOException {
    List<Run> members = members(ranked, best, notes);
    if (members.size() < 2) {
      notes.add("there is no second model to average the best with; it stands alone");
      return best;
    }
    Dataset dataset =
        RunDataset.open(
            best, "average the models of a search", Datasets.folder(config), watch::line);
    List<Double> means =
        Averaging.means(members, dataset).stream().map(metrics -> metrics.get(metric())).toList();
    int count = 1;
    for (int more = 2; more <= means.size(); more++) {
      boolean isBetter =
          config.search().goal().bestFirst().compare(means.get(more - 1), means.get(count - 1)) < 0;
      count = isBetter ? more : count;
    }
    if (count == 1) {
      notes.add(
          "on validation no mean of the best %s models is better than the best alone (%s; the best two have %s)"
              .formatted(
                  members.size(), Figures.number(means.get(0)), Figures.number(means.get(1))));
      return best;
    }
    return average(members.subList(0, count), dataset);
  }

  /** Trials by how good they are: those that were trained again, then the others. */
  static List<Candidate> candidates(List<Confirmed> confirmed, List<Trial> ranked) {
    List<Candidate> candidates = new ArrayList<>();
    confirmed.forEach(one -> candidates.add(new Candidate(one.trial(), one.median())));
    for (Trial trial : ranked) {
      if (confirmed.stream().noneMatch(one -> one.trial().number() == trial.number())) {
        candidates.add(new Candidate(trial, trial));
      }
    }
    return candidates;
  }

  /**
   * A trial that may be among the best few.
   *
   * @param made the training whose run stands for it
   */
  record Candidate(Trial trial, Trial made) {}

  private List<Run> members(List<Candidate> ranked, Run best, List<String> notes) {
    List<Run> members = new ArrayList<>();
    List<Trial> taken = new ArrayList<>();
    int elsewhere = 0;
    for (Candidate candidate : ranked) {
      Trial trial = candidate.trial();
      if (members.size() == config.search().choice().ensemble()) {
        break;
      }
      if (taken.stream().anyMatch(other -> other.assignment().equals(trial.assignment()))) {
        continue;
      }
      try {
        Run run = Winner.open(config.runs(), candidate.made());
        if (run.record().dataset().hash().equals(best.record().dataset().hash())) {
          members.add(run);
          taken.add(trial);
        } else {
          elsewhere++;
        }
      } catch (IOException e) {
        notes.add(
            "trial %s is not among those averaged: %s".formatted(trial.number(), e.getMessage()));
      }
    }
    if (elsewhere > 0) {
      notes.add(
          "%s of the best read another dataset than the best of all, and are not averaged with it"
              .formatted(elsewhere));
    }
    return members;
  }

  private Run average(List<Run> members, Dataset dataset) throws IOException {
    List<String> ids = members.stream().map(run -> run.record().runId()).toList();
    for (Run run : new RunStore(config.runs()).list()) {
      if (run.record().status() == RunStatus.FINISHED
          && ids.equals(run.record().recipe().members())
          && run.differences().isEmpty()) {
        return run;
      }
    }
    watch.line("Averaging the models of the best %s trials".formatted(members.size()));
    return new Trainer(config, watch).average(members, dataset);
  }

  /** The study's metric of what a run predicts with. */
  double value(Run run) {
    return run.record().metrics().get(Split.VALIDATION.text()).get(metric());
  }

  private String metric() {
    String metric = config.search().metric();
    return metric.substring(metric.indexOf('.') + 1);
  }
}
