package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Trial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the next values of TPE, one group of axes after the other. Not thread-safe. */
final class Proposal {
  /** Draws for each candidate that rules may refuse. */
  private static final int PATIENCE = 20;

  private final SearchSpace space;
  private final Layout layout;
  private final double[][] good;
  private final double[][] others;
  private final double closeness;
  private final boolean isOpen;
  private final Draw random;

  /**
   * @param closeness how much narrower than usual kernels of good trials may be
   * @param isOpen whether each category counts as likely, whatever was seen
   */
  Proposal(SearchSpace space, Split split, double closeness, boolean isOpen, Draw random) {
    this.space = space;
    this.layout = new Layout(space);
    this.good = points(split.good());
    this.others = points(split.others());
    this.closeness = closeness;
    this.isOpen = isOpen;
    this.random = random;
  }

  private double[][] points(List<Trial> trials) {
    double[][] points = new double[trials.size()][];
    for (int i = 0; i < points.length; i++) {
      points[i] = layout.point(trials.get(i).assignment());
    }
    return points;
  }

  /**
   * The values; none when rules refused whatever was drawn.
   *
   * @param candidates drawn for each group, of which the likeliest is taken
   */
  Optional<Map<String, JsonNode>> values(int candidates) {
    double[] point = new double[layout.size()];
    Arrays.fill(point, Double.NaN);
    for (int[] group : layout.groups()) {
      if (layout.exists(group, point) && !choose(group, candidates, point)) {
        return Optional.empty();
      }
    }
    return Optional.of(layout.assignment(point));
  }

  private boolean choose(int[] group, int candidates, double[] point) {
    Mixture better = mixture(group, good, closeness);
    Mixture worse = mixture(group, others, 1);
    double[] candidate = new double[group.length];
    double[] best = null;
    double most = Double.NEGATIVE_INFINITY;
    int found = 0;
    for (int draw = 0; draw < candidates * PATIENCE && found < candidates; draw++) {
      better.draw(random, candidate);
      if (allows(group, candidate, point)) {
        found++;
        double gain = better.logDensity(candidate) - worse.logDensity(candidate);
        if (best == null || gain > most) {
          most = gain;
          best = candidate.clone();
        }
      }
    }
    if (best != null) {
      put(group, best, point);
    }
    return best != null;
  }

  /** Whether a candidate breaks no rule beside what the point holds already. */
  private boolean allows(int[] group, double[] candidate, double[] point) {
    if (space.rules().isEmpty()) {
      return true;
    }
    double[] tried = point.clone();
    put(group, candidate, tried);
    return space.allows(layout.assignment(tried));
  }

  private static void put(int[] group, double[] values, double[] point) {
    for (int i = 0; i < group.length; i++) {
      point[group[i]] = values[i];
    }
  }

  private Mixture mixture(int[] group, double[][] points, double closer) {
    Axis[] axes = new Axis[group.length];
    for (int i = 0; i < group.length; i++) {
      axes[i] = layout.axis(group[i]);
    }
    double[][] seen = having(group, points);
    double[][] observations = new double[group.length][seen.length];
    for (int i = 0; i < group.length; i++) {
      for (int trial = 0; trial < seen.length; trial++) {
        observations[i][trial] =
            isOpen && axes[i].isCategorical() ? Mixture.ANY : seen[trial][group[i]];
      }
    }
    return new Mixture(axes, observations, Split.weights(seen.length), closer);
  }

  /** The points on which all axes of the group exist. */
  private static double[][] having(int[] group, double[][] points) {
    return Arrays.stream(points)
        .filter(point -> Arrays.stream(group).noneMatch(axis -> Double.isNaN(point[axis])))
        .toArray(double[][]::new);
  }
}
