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
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Averages the best models of a study.
 *
 * @param config with a search that asks for it
 */
record BestFew(AlmanacConfig config, Watch watch) {
  /** Models to choose from, for each that may be averaged. */
  private static final int POOL = 4;

  /**
   * The run to use: the mean of the best and of those that, one after the other, improve it most on
   * validation; the best alone where none does. A mean that was made before of the same runs is
   * taken.
   *
   * @param ranked the best first; trainings of the same values count once
   * @param best the first whose run is there
   * @param notes gets a sentence for whatever was not as asked
   */
  Run choose(List<Candidate> ranked, Run best, List<String> notes) throws IOException {
    List<Run> pool = pool(ranked, best, notes);
    if (pool.size() < 2) {
      notes.add("there is no second model to average the best with; it stands alone");
      return best;
    }
    Dataset dataset =
        RunDataset.open(
            best, "average the models of a search", Datasets.folder(config), watch::line);
    Averaging.Selection selection =
        Averaging.select(
            pool,
            dataset,
            config.search().choice().ensemble(),
            Comparator.comparing(this::value, config.search().goal().bestFirst()));
    if (selection.members().size() < 2) {
      notes.add(
          "on validation no mean of the best model and one of %s others is better than the best alone (%s)"
              .formatted(pool.size() - 1, Figures.number(value(selection.metrics().get(0)))));
      return best;
    }
    return average(selection.members(), dataset);
  }

  /**
   * Trainings by how good their trials are: all of those that were trained again, the run that
   * stands for them first, then the others.
   */
  static List<Candidate> candidates(List<Confirmed> confirmed, List<Trial> ranked) {
    List<Candidate> candidates = new ArrayList<>();
    for (Confirmed one : confirmed) {
      candidates.add(new Candidate(one.trial(), one.median()));
      one.trainings().stream()
          .filter(training -> training != one.median())
          .forEach(training -> candidates.add(new Candidate(one.trial(), training)));
    }
    for (Trial trial : ranked) {
      if (confirmed.stream().noneMatch(one -> one.trial().number() == trial.number())) {
        candidates.add(new Candidate(trial, trial));
      }
    }
    return candidates;
  }

  /**
   * A training that may be among the best few.
   *
   * @param trial of the study
   * @param made what was trained: the trial itself, or the same again
   */
  record Candidate(Trial trial, Trial made) {}

  private List<Run> pool(List<Candidate> ranked, Run best, List<String> notes) {
    List<Run> pool = new ArrayList<>();
    List<Trial> taken = new ArrayList<>();
    int elsewhere = 0;
    for (Candidate candidate : ranked) {
      Trial made = candidate.made();
      if (pool.size() == POOL * config.search().choice().ensemble()) {
        break;
      }
      if (taken.stream().anyMatch(other -> other.assignment().equals(made.assignment()))) {
        continue;
      }
      try {
        Run run = Winner.open(config.runs(), made);
        if (run.record().dataset().hash().equals(best.record().dataset().hash())) {
          pool.add(run);
          taken.add(made);
        } else {
          elsewhere++;
        }
      } catch (IOException e) {
        notes.add(
            "a training of trial %s is not among those averaged: %s"
                .formatted(candidate.trial().number(), e.getMessage()));
      }
    }
    if (elsewhere > 0) {
      notes.add(
          "%s of the best read another dataset than the best of all, and are not averaged with it"
              .formatted(elsewhere));
    }
    return pool;
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
    watch.line("Averaging %s models".formatted(members.size()));
    return new Trainer(config, watch).average(members, dataset);
  }

  /** The study's metric of what a run predicts with. */
  double value(Run run) {
    return value(run.record().metrics().get(Split.VALIDATION.text()));
  }

  private double value(Map<String, Double> metrics) {
    String metric = config.search().metric();
    return metrics.get(metric.substring(metric.indexOf('.') + 1));
  }
}
