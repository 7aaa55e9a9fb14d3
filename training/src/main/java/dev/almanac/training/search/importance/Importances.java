package dev.almanac.training.search.importance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How much each parameter of a space mattered for the value of trials.
 *
 * <p>A functional ANOVA: the value is described as a sum of effects of each parameter alone and of
 * pairs of them, and the variance of an effect over the whole space, as it was asked for, is its
 * importance (Hutter, Hoos, Leyton-Brown: An Efficient Approach for Assessing Hyperparameter
 * Importance, 2014). The effects are fitted together, not one by one, and are absent until the
 * values say otherwise: trials that a sampler crowded into one corner do not make a parameter
 * important that only moved along with another. Over a crowded corner alone no method knows more
 * than that corner tells.
 *
 * <p>A parameter that exists in some trials alone counts by how often it does. A value far worse
 * than most counts as the worst that is not. A trial that was pruned counts by what it would have
 * come to had it gone on like the others ({@link Whole}), one that failed not at all.
 *
 * @param parameters the most important first; all paths of the space, in its order where equal
 * @param pairs which matter beyond what both of them do alone, the most important first
 * @param explained the share of the differences between values that the effects foretell of a trial
 *     from the other trials, from 0 to 1; the rest is chance, or finer than so many trials can tell
 * @param trials how many were read
 */
public record Importances(List<Share> parameters, List<Pair> pairs, double explained, int trials) {
  /** With fewer there is nothing to tell. */
  public static final int FEWEST = 10;

  /** More make a fit that takes seconds and no better picture. */
  private static final int MOST = 2_000;

  /** With fewer, effects of pairs are guesses. */
  private static final int FEWEST_FOR_PAIRS = 20;

  private static final int PAIRED = 8;
  private static final double FENCE = 1.5;

  public Importances {
    parameters = List.copyOf(parameters);
    pairs = List.copyOf(pairs);
  }

  /**
   * A parameter's part.
   *
   * @param share of what is explained, from 0 to 1: all parameters together make 1, or 0 when none
   *     has an effect
   * @param alone the part of the share that it has without others; the rest is its half of pairs
   */
  public record Share(String path, double share, double alone) {}

  /** Two parameters, and the share that they have together and not alone. */
  public record Pair(String first, String second, double share) {}

  /**
   * Measures.
   *
   * @return nothing with fewer than {@link #FEWEST} trials that have a value, or when all values
   *     are the same
   */
  public static Optional<Importances> of(SearchSpace space, Goal goal, List<Trial> trials) {
    List<Trial> valued =
        trials.stream()
            .filter(Trial::hasEnded)
            .filter(trial -> trial.value() != null && Double.isFinite(trial.value()))
            .sorted(Comparator.comparingInt(Trial::number))
            .toList();
    if (valued.size() > MOST) {
      valued = valued.subList(valued.size() - MOST, valued.size());
    }
    if (valued.size() < FEWEST) {
      return Optional.empty();
    }
    double[] values = new Whole(trials).values(valued);
    double[] standard = standard(goal == Goal.MINIMIZE ? values : negative(values));
    if (standard == null) {
      return Optional.empty();
    }
    List<Map<String, JsonNode>> assignments = valued.stream().map(Trial::assignment).toList();
    Design design = Design.of(space, assignments);
    if (design.dimensions().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(measured(space, design, standard));
  }

  private static Importances measured(SearchSpace space, Design design, double[] values) {
    Design drawn = Design.drawn(space);
    List<Dimension> dimensions = design.dimensions();
    List<Term> terms = new ArrayList<>(dimensions.stream().map(Term::alone).toList());
    double[] alone = variances(drawn, terms, SparseFit.of(terms, values));
    List<Integer> ranked = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      ranked.add(i);
    }
    ranked.sort(Comparator.comparingDouble(i -> -alone[i]));
    List<Integer> paired =
        ranked.subList(0, values.length < FEWEST_FOR_PAIRS ? 0 : Math.min(PAIRED, ranked.size()));
    for (int first : paired.stream().sorted().toList()) {
      for (int second : paired.stream().sorted().toList()) {
        if (first < second && Term.vary(dimensions.get(first), dimensions.get(second))) {
          terms.add(Term.pair(dimensions.get(first), dimensions.get(second)));
        }
      }
    }
    SparseFit fit = SparseFit.of(terms, values);
    double[] variances = variances(drawn, terms, fit);
    return shares(space, terms, variances, fit.explained(), values.length);
  }

  private static double[] variances(Design drawn, List<Term> terms, SparseFit fit) {
    double[] variances = new double[terms.size()];
    for (int i = 0; i < variances.length; i++) {
      Term term = terms.get(i);
      variances[i] = drawn.share(term.dimensions()) * term.variance(fit.weights().get(i));
    }
    return variances;
  }

  private static Importances shares(
      SearchSpace space, List<Term> terms, double[] variances, double explained, int trials) {
    double whole = Arrays.stream(variances).sum();
    List<Parameter> parameters = space.parameters();
    double[] alone = new double[parameters.size()];
    double[] shared = new double[parameters.size()];
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < variances.length && whole > 0; i++) {
      double share = variances[i] / whole;
      List<Integer> of = terms.get(i).dimensions().stream().map(Dimension::parameter).toList();
      if (!terms.get(i).isPair()) {
        alone[of.get(0)] += share;
      } else {
        of.forEach(parameter -> shared[parameter] += share / 2);
        if (share > 0) {
          pairs.add(
              new Pair(parameters.get(of.get(0)).path(), parameters.get(of.get(1)).path(), share));
        }
      }
    }
    Map<String, Share> byPath = new LinkedHashMap<>();
    for (int i = 0; i < alone.length; i++) {
      byPath.merge(
          parameters.get(i).path(),
          new Share(parameters.get(i).path(), alone[i] + shared[i], alone[i]),
          (one, other) ->
              new Share(one.path(), one.share() + other.share(), one.alone() + other.alone()));
    }
    List<Share> shares = new ArrayList<>(byPath.values());
    shares.sort(Comparator.comparingDouble(share -> -share.share()));
    pairs.sort(Comparator.comparingDouble(pair -> -pair.share()));
    return new Importances(shares, pairs, explained, trials);
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(value -> -value).toArray();
  }

  /**
   * The values with mean 0 and variance 1, the worst drawn in to Tukey's inner fence; null when
   * they are all the same.
   */
  private static double[] standard(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double upper = sorted[3 * (sorted.length - 1) / 4];
    double spread = upper - sorted[(sorted.length - 1) / 4];
    if (!(spread > 0)) {
      spread = upper - sorted[0];
    }
    double fence = spread > 0 ? upper + FENCE * spread : Double.POSITIVE_INFINITY;
    double[] drawnIn = Arrays.stream(values).map(value -> Math.min(value, fence)).toArray();
    double mean = Arrays.stream(drawnIn).average().orElse(0);
    double variance = Arrays.stream(drawnIn).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    if (!(sorted[sorted.length - 1] > sorted[0]) || !(variance > 0)) {
      return null;
    }
    return Arrays.stream(drawnIn).map(v -> (v - mean) / Math.sqrt(variance)).toArray();
  }
}
