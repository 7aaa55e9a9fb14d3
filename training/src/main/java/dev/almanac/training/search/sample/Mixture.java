package dev.almanac.training.search.sample;

import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.trial.Draw;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A density over some axes: the sum of one kernel for each trial seen and one for the prior, each
 * kernel the product of a density on each axis.
 *
 * <p>The multivariate Parzen estimator of Optuna 5 (Watanabe: Tree-Structured Parzen Estimator,
 * arXiv 2304.11127): a normal distribution cut off at the ends of a line, its mass over a step
 * where there are steps, and on categories a weight that favours the one seen. Not thread-safe.
 */
final class Mixture {
  /** The category of an observation that says nothing of it. */
  static final int ANY = -1;

  private final Axis[] axes;
  private final int kernels;

  /** Of each kernel, the logarithm of its share, and the shares summed up to it. */
  private final double[] logWeights;

  private final double[] cumulated;

  /** By axis, then kernel, on lines: where it is, how wide, and what normalizes it. */
  private final double[][] mu;

  private final double[][] sigma;
  private final double[][] logNorm;

  /** By axis, then kernel, on categories: the one seen; {@link #ANY} for the prior. */
  private final int[][] seen;

  private final double[] scratch;

  /** By axis with steps, then coordinate: candidates share the few that there are. */
  private final Map<Integer, Map<Double, double[]>> masses = new HashMap<>();

  /**
   * @param observations by axis, then trial, the older first
   * @param weights of the trials, which then have the prior's, 1, beside them
   * @param closeness how much narrower kernels may be than Optuna's, which has 1
   */
  Mixture(Axis[] axes, double[][] observations, double[] weights, double closeness) {
    int trials = weights.length;
    this.axes = axes;
    this.kernels = trials + 1;
    this.logWeights = new double[kernels];
    this.cumulated = new double[kernels];
    this.mu = new double[axes.length][];
    this.sigma = new double[axes.length][];
    this.logNorm = new double[axes.length][];
    this.seen = new int[axes.length][];
    this.scratch = new double[kernels];
    double total = 1;
    for (double weight : weights) {
      total += weight;
    }
    double sum = 0;
    for (int k = 0; k < kernels; k++) {
      double share = (k < trials ? weights[k] : 1) / total;
      logWeights[k] = Math.log(share);
      sum += share;
      cumulated[k] = sum;
    }
    for (int axis = 0; axis < axes.length; axis++) {
      if (axes[axis].isCategorical()) {
        seen[axis] = new int[kernels];
        for (int k = 0; k < trials; k++) {
          seen[axis][k] = (int) observations[axis][k];
        }
        seen[axis][trials] = ANY;
      } else {
        line(axis, observations[axis], closeness);
      }
    }
  }

  private void line(int index, double[] observed, double closeness) {
    Axis axis = axes[index];
    double from = axis.from();
    double until = axis.until();
    double[] centres = new double[kernels];
    for (int k = 0; k < observed.length; k++) {
      centres[k] = axis.scaled(observed[k]);
    }
    centres[observed.length] = 0.5 * (from + until);
    double[] widths = Bandwidths.of(centres, observed.length, from, until, closeness);
    double[] norms = new double[kernels];
    for (int k = 0; k < kernels; k++) {
      double mass =
          Normal.logMass((from - centres[k]) / widths[k], (until - centres[k]) / widths[k]);
      norms[k] = axis.step() > 0 ? -mass : -mass - Math.log(widths[k]) - Normal.LOG_ROOT_TWO_PI;
    }
    mu[index] = centres;
    sigma[index] = widths;
    logNorm[index] = norms;
  }

  /** Draws one coordinate for each axis. */
  void draw(Draw random, double[] into) {
    int kernel = search(random.next());
    for (int axis = 0; axis < axes.length; axis++) {
      double place = random.next();
      into[axis] =
          axes[axis].isCategorical() ? category(axis, kernel, place) : number(axis, kernel, place);
    }
  }

  private int search(double place) {
    int found = Arrays.binarySearch(cumulated, place);
    // A place that is the end of a kernel's share belongs to the next one.
    return Math.min(kernels - 1, found >= 0 ? found + 1 : -found - 1);
  }

  private double category(int axis, int kernel, double place) {
    int categories = axes[axis].categories();
    double left = place;
    for (int category = 0; category < categories - 1; category++) {
      left -= weight(axis, kernel, category);
      if (left < 0) {
        return category;
      }
    }
    return categories - 1.0;
  }

  private double number(int axis, int kernel, double place) {
    double centre = mu[axis][kernel];
    double width = sigma[axis][kernel];
    double low = Normal.below((axes[axis].from() - centre) / width);
    double high = Normal.below((axes[axis].until() - centre) / width);
    return axes[axis].coordinate(centre + width * Normal.quantile(low + place * (high - low)));
  }

  /**
   * The share of a category in a kernel: 1 for the one seen and 1 / kernels for each, of their sum.
   */
  private double weight(int axis, int kernel, int category) {
    int categories = axes[axis].categories();
    int own = seen[axis][kernel];
    double each = 1.0 / kernels;
    return own < 0
        ? 1.0 / categories
        : (each + (own == category ? 1 : 0)) / (1 + each * categories);
  }

  /** The logarithm of the density at a coordinate for each axis: of logarithms, on log axes. */
  double logDensity(double[] point) {
    System.arraycopy(logWeights, 0, scratch, 0, kernels);
    for (int axis = 0; axis < axes.length; axis++) {
      if (axes[axis].isCategorical()) {
        addCategory(axis, (int) point[axis]);
      } else if (axes[axis].step() > 0) {
        addStep(axis, point[axis]);
      } else {
        addNumber(axis, axes[axis].scaled(point[axis]));
      }
    }
    double most = Double.NEGATIVE_INFINITY;
    for (double term : scratch) {
      most = Math.max(most, term);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (double term : scratch) {
      sum += Math.exp(term - most);
    }
    return Math.log(sum) + most;
  }

  private void addCategory(int axis, int category) {
    int[] own = seen[axis];
    double whole = 1 + (double) axes[axis].categories() / kernels;
    double hit = Math.log((1 + 1.0 / kernels) / whole);
    double miss = Math.log(1.0 / kernels / whole);
    double prior = -Math.log(axes[axis].categories());
    for (int k = 0; k < kernels; k++) {
      scratch[k] += own[k] < 0 ? prior : own[k] == category ? hit : miss;
    }
  }

  private void addStep(int axis, double coordinate) {
    double[] known =
        masses
            .computeIfAbsent(axis, any -> new HashMap<>())
            .computeIfAbsent(coordinate, place -> masses(axis, place));
    for (int k = 0; k < kernels; k++) {
      scratch[k] += known[k];
    }
  }

  /** By kernel, the logarithm of its mass over a step. */
  private double[] masses(int axis, double coordinate) {
    double half = axes[axis].step() / 2;
    double left = axes[axis].scaled(coordinate - half);
    double right = axes[axis].scaled(coordinate + half);
    double[] masses = new double[kernels];
    for (int k = 0; k < kernels; k++) {
      double centre = mu[axis][k];
      double width = sigma[axis][k];
      masses[k] =
          logNorm[axis][k] + Normal.logMass((left - centre) / width, (right - centre) / width);
    }
    return masses;
  }

  private void addNumber(int axis, double place) {
    double[] centres = mu[axis];
    double[] widths = sigma[axis];
    double[] norms = logNorm[axis];
    for (int k = 0; k < kernels; k++) {
      double away = (place - centres[k]) / widths[k];
      scratch[k] += norms[k] - 0.5 * away * away;
    }
  }

  /** Of each kernel, its share of the whole. */
  double[] weights() {
    return Arrays.stream(logWeights).map(Math::exp).toArray();
  }

  /** The kernels' centres on an axis; logarithms on log axes. */
  double[] centres(int axis) {
    return mu[axis].clone();
  }

  /** The kernels' widths on an axis. */
  double[] widths(int axis) {
    return sigma[axis].clone();
  }
}
