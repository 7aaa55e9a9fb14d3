package dev.almanac.training.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.IValue;
import dev.almanac.training.Problem;
import dev.almanac.training.config.OptimizerConfig;
import dev.almanac.training.graph.Graph;
import dev.almanac.training.graph.Script;
import dev.almanac.training.model.ModelShape;
import dev.almanac.training.optimize.Optimizer;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps beside PyTorch's published formulas, written out in double. */
class OptimizerTest {
  private static final int WEIGHTS = 50;
  private static final int STEPS = 25;
  private static final Set<String> FORMULAS = Set.of("sgd", "adam", "adamw");

  /** One weight's optimizer in double. */
  private static final class Reference {
    private final String name;
    private final double decay;
    private double weight;
    private double first;
    private double second;
    private int steps;

    Reference(String name, double decay, double weight) {
      assertTrue(FORMULAS.contains(name), "there is no formula of " + name);
      this.name = name;
      this.decay = decay;
      this.weight = weight;
    }

    void step(double gradient, double rate) {
      steps++;
      double g = name.equals("adamw") ? gradient : gradient + decay * weight;
      if (name.equals("sgd")) {
        first = steps == 1 ? g : 0.9 * first + g;
        weight -= rate * first;
        return;
      }
      if (name.equals("adamw")) {
        weight -= rate * decay * weight;
      }
      first = 0.9 * first + 0.1 * g;
      second = 0.999 * second + 0.001 * g * g;
      double meanHat = first / (1 - Math.pow(0.9, steps));
      double squareHat = second / (1 - Math.pow(0.999, steps));
      weight -= rate * meanHat / (Math.sqrt(squareHat) + 1e-8);
    }
  }

  /** Every optimizer that a config may choose, without decay and with it. */
  private static Stream<Arguments> decays() {
    return OptimizerConfig.OPTIMIZERS.names().stream()
        .flatMap(name -> Stream.of(Arguments.of(name, 0.0), Arguments.of(name, 0.1)));
  }

  @Test
  void aConfigMayChooseEveryOptimizer() {
    assertEquals(
        Set.of(Optimizer.class.getPermittedSubclasses()),
        OptimizerConfig.OPTIMIZERS.names().stream()
            .map(name -> Problem.optimizer("{\"name\": \"%s\"}".formatted(name)).getClass())
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("decays")
  void stepsAreThoseOfTheFormula(String name, double decay) {
    SplittableRandom random = new SplittableRandom(3);
    float[] start = new float[WEIGHTS];
    Reference[] references = new Reference[WEIGHTS];
    for (int i = 0; i < WEIGHTS; i++) {
      start[i] = (float) random.nextGaussian();
      references[i] = new Reference(name, decay, start[i]);
    }
    Optimizer optimizer =
        Problem.optimizer("{\"name\": \"%s\", \"weight-decay\": %s}".formatted(name, decay));
    Graph graph = linear();
    try (NDManager manager = Problem.COMPUTE.manager();
        Program program =
            new Program(
                Problem.COMPUTE,
                graph,
                Script.scoring(graph),
                optimizer.text(),
                start,
                1,
                DataType.FLOAT32)) {
      IValue slots =
          Program.list(
              Stream.generate(() -> manager.zeros(new Shape(WEIGHTS)))
                  .limit(optimizer.slots())
                  .toList());
      for (int step = 0; step < STEPS; step++) {
        double rate = 0.01 / (1 + step);
        float[] given = new float[WEIGHTS];
        for (int i = 0; i < WEIGHTS; i++) {
          // Gradients as small as epsilon, where its place in the formula shows.
          given[i] = (float) (random.nextGaussian() * (i % 2 == 0 ? 1 : 1e-8));
          references[i].step(given[i], rate);
        }
        program.run(
            "update",
            Program.tensor(program.weights()),
            Program.tensor(manager.create(given)),
            slots,
            IValue.listFrom(optimizer.numbers(step + 1, rate, 1)));
      }
      float[] stepped = program.weights().toFloatArray();
      for (int i = 0; i < WEIGHTS; i++) {
        assertEquals(references[i].weight, stepped[i], 2e-6, "weight " + i);
      }
    }
  }

  private static Graph linear() {
    var shape = new ModelShape(WEIGHTS - 1, List.of(), 1);
    var settings = Problem.settings("{\"family\": \"linear\"}");
    return settings.build(shape);
  }
}
