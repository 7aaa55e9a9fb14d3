package dev.almanac.benchmarks.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A function to minimize whose least value is 0; peer.py has the same ones. Where the usual optimum
 * is the middle of the box, or lies on its diagonal, it is moved by {@link #shift}.
 */
record Problem(String name, SearchSpace space, ToDoubleFunction<Map<String, JsonNode>> function) {
  private static final double[][] HARTMANN_A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] HARTMANN_P = {
    {0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
    {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
    {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
    {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}
  };
  private static final double[] HARTMANN_ALPHA = {1, 1.2, 3, 3.2};
  private static final List<String> ACTIVATIONS = List.of("relu", "gelu", "silu", "tanh");
  private static final double[] ACTIVATION_COST = {0.05, 0, 0.02, 0.15};

  static List<Problem> all() {
    return List.of(
        box("branin", new double[] {-5, 0}, new double[] {10, 15}, Problem::branin),
        box("hartmann-6", 6, 0, 1, Problem::hartmann),
        box("sphere-10", 10, -5, 5, x -> sphere(moved(x, 2))),
        box("rosenbrock-10", 10, -5, 5, x -> rosenbrock(moved(x, 1.5))),
        box("ackley-5", 5, -32.768, 32.768, x -> ackley(moved(x, 12))),
        new Problem("mixed", space(MIXED), Problem::mixed));
  }

  private static final String MIXED =
      """
      {"lr": {"log-uniform": [1e-5, 1e-1]}, "wd": {"log-uniform": [1e-6, 1e-2]},
       "layers": {"int": [1, 8]}, "width": {"int": [64, 512], "every": 64},
       "dropout": {"float": [0.0, 0.5]}, "activation": {"choice": ["relu", "gelu", "silu", "tanh"]}}
      """;

  double at(Map<String, JsonNode> values) {
    return function.applyAsDouble(values);
  }

  private static double mixed(Map<String, JsonNode> v) {
    double lr = Math.log10(v.get("lr").doubleValue());
    double wd = Math.log10(v.get("wd").doubleValue());
    double layers = v.get("layers").doubleValue();
    double width = (v.get("width").doubleValue() - 384) / 64;
    int activation = ACTIVATIONS.indexOf(v.get("activation").textValue());
    return 0.3 * square(lr + 3 + 0.15 * (layers - 5))
        + 0.05 * square(wd + 4)
        + 0.02 * square(layers - 5)
        + 0.01 * square(width)
        + 2 * square(v.get("dropout").doubleValue() - 0.2 - 0.02 * width)
        + ACTIVATION_COST[activation];
  }

  private static double branin(double[] x) {
    double b = 5.1 / (4 * Math.PI * Math.PI);
    double y = x[1] - b * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
    return y * y + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x[0]) + 10 - 0.39788735772973816;
  }

  private static double hartmann(double[] x) {
    double sum = 3.322368011415515;
    for (int i = 0; i < 4; i++) {
      double inner = 0;
      for (int j = 0; j < 6; j++) {
        inner += HARTMANN_A[i][j] * square(x[j] - HARTMANN_P[i][j]);
      }
      sum -= HARTMANN_ALPHA[i] * Math.exp(-inner);
    }
    return sum;
  }

  private static double sphere(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += each * each;
    }
    return sum;
  }

  private static double rosenbrock(double[] x) {
    double sum = 0;
    for (int i = 0; i + 1 < x.length; i++) {
      sum += 100 * square(x[i + 1] - x[i] * x[i]) + square(1 - x[i]);
    }
    return sum;
  }

  private static double ackley(double[] x) {
    double squares = 0;
    double cosines = 0;
    for (double each : x) {
      squares += each * each / x.length;
      cosines += Math.cos(2 * Math.PI * each) / x.length;
    }
    return -20 * Math.exp(-0.2 * Math.sqrt(squares)) - Math.exp(cosines) + 20 + Math.E;
  }

  /** Moves the optimum by up to so much along each axis, differently along each. */
  private static double[] moved(double[] x, double most) {
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      moved[i] = x[i] - shift(i, most);
    }
    return moved;
  }

  private static double shift(int axis, double most) {
    return most * Math.sin(1.7 * (axis + 1));
  }

  private static double square(double x) {
    return x * x;
  }

  private static Problem box(
      String name, int axes, double low, double high, ToDoubleFunction<double[]> function) {
    double[] lows = new double[axes];
    double[] highs = new double[axes];
    java.util.Arrays.fill(lows, low);
    java.util.Arrays.fill(highs, high);
    return box(name, lows, highs, function);
  }

  private static Problem box(
      String name, double[] low, double[] high, ToDoubleFunction<double[]> function) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < low.length; i++) {
      json.append(i == 0 ? "" : ", ")
          .append("\"x%s\": {\"float\": [%s, %s]}".formatted(i, low[i], high[i]));
    }
    return new Problem(
        name,
        space(json + "}"),
        values -> {
          double[] x = new double[low.length];
          for (int i = 0; i < x.length; i++) {
            x[i] = values.get("x" + i).doubleValue();
          }
          return function.applyAsDouble(x);
        });
  }

  private static SearchSpace space(String json) {
    try {
      Problems problems = new Problems();
      SearchSpace space = SearchSpaceReader.read(new ObjectMapper().readTree(json), problems);
      problems.refuse();
      return space;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
