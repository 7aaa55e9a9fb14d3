package dev.almanac.benchmarks.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.sample.Sampler;
import dev.almanac.training.search.sample.Samplers;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code CompareSamplers TRIALS SEEDS WAVE SAMPLER}: the median regret of one of our samplers on
 * each {@link Problem}, after half of the trials and after all of them, and the milliseconds of CPU
 * that a suggestion takes; one line a function, as peer.py prints it. So many trials as a wave has
 * are asked for before any of them is told.
 */
public final class CompareSamplers {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Problem problem;
  private final Sampler sampler;
  private final List<Trial> past = new ArrayList<>();
  private long nanos;

  private CompareSamplers(Problem problem, Sampler sampler) {
    this.problem = problem;
    this.sampler = sampler;
  }

  public static void main(String[] args) {
    int trials = Integer.parseInt(args[0]);
    int seeds = Integer.parseInt(args[1]);
    int wave = Integer.parseInt(args[2]);
    Sampler sampler = Samplers.of(args[3], Goal.MINIMIZE);
    for (Problem problem : Problem.all()) {
      if (!suits(sampler, problem)) {
        System.out.printf("%s -%n", problem.name());
        continue;
      }
      double[] half = new double[seeds];
      double[] full = new double[seeds];
      long nanos = 0;
      for (int seed = 0; seed < seeds; seed++) {
        CompareSamplers study = new CompareSamplers(problem, sampler);
        study.run(trials, seed, wave);
        half[seed] = study.best(trials / 2);
        full[seed] = study.best(trials);
        nanos += study.nanos;
      }
      System.out.printf(
          Locale.ROOT,
          "%s %.6g %.6g %.4f%n",
          problem.name(),
          median(half),
          median(full),
          nanos / 1e6 / seeds / trials);
    }
  }

  private static boolean suits(Sampler sampler, Problem problem) {
    try {
      sampler.trials(problem.space());
      return true;
    } catch (SearchException unsuited) {
      return false;
    }
  }

  private void run(int trials, long seed, int wave) {
    while (past.size() < trials) {
      int from = past.size();
      for (int i = from; i < Math.min(trials, from + wave); i++) {
        long start = THREADS.getCurrentThreadCpuTime();
        Map<String, JsonNode> values =
            sampler.suggest(problem.space(), seed, i, List.copyOf(past)).orElseThrow();
        nanos += THREADS.getCurrentThreadCpuTime() - start;
        past.add(Trial.running(i, sampler.name(), values));
      }
      past.subList(from, past.size())
          .replaceAll(
              trial ->
                  trial.trained(
                      Trial.State.FINISHED, problem.at(trial.assignment()), List.of(), 0));
    }
  }

  private double best(int trials) {
    return past.subList(0, trials).stream().mapToDouble(Trial::value).min().orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
