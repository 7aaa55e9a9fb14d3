package dev.almanac.training.search.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.Choice;
import dev.almanac.training.search.space.Domain;
import dev.almanac.training.search.space.FloatRange;
import dev.almanac.training.search.space.IntRange;
import dev.almanac.training.search.space.LogUniform;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.transforms.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureTest {
  private static final List<String> NAMES = List.of("lr", "drop", "layers", "width", "act");

  private static final List<Domain> DOMAINS =
      List.of(
          new LogUniform(1e-5, 1e-1, 0),
          new FloatRange(0, 0.5, 0),
          new IntRange(1, 8, 0),
          new IntRange(64, 512, 64, 0),
          new Choice(List.of(TextNode.valueOf("a"), TextNode.valueOf("b"), TextNode.valueOf("c"))));

  private static Axis[] axes() {
    return DOMAINS.stream().map(domain -> domain.axes().get(0)).toArray(Axis[]::new);
  }

  /** What Optuna 5 computed, where a folder above has it beside it; or null. */
  private static Path golden() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path file = folder.resolve("shared/search/tpe_golden.json");
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  @Test
  void itIsOptunasOwnToNineDigits() throws Exception {
    assumeTrue(golden() != null, "golden vectors are not here");
    JsonNode file = Json.tree(Files.readString(golden()), "golden");
    file.get("gamma")
        .fields()
        .forEachRemaining(
            each ->
                assertEquals(
                    each.getValue().intValue(), Split.good(Integer.parseInt(each.getKey()))));
    file.get("weights_tail")
        .fields()
        .forEachRemaining(
            each ->
                assertArrayEquals(
                    numbers(each.getValue()),
                    Split.weights(Integer.parseInt(each.getKey())),
                    1e-12));
    int cases = 0;
    for (JsonNode each : file.get("cases")) {
      check(each);
      cases++;
    }
    assertEquals(4, cases);
  }

  private static void check(JsonNode golden) {
    int seen = golden.get("n").intValue();
    double[][] observations =
        NAMES.stream().map(name -> numbers(golden.get("obs").get(name))).toArray(double[][]::new);
    Mixture mixture = new Mixture(axes(), observations, Split.weights(seen), 1);
    assertArrayEquals(numbers(golden.get("weights")), mixture.weights(), 1e-9);
    for (int axis = 0; axis < 4; axis++) {
      JsonNode own = golden.get(NAMES.get(axis));
      assertArrayEquals(numbers(own.get("mu")), mixture.centres(axis), 1e-9);
      assertArrayEquals(numbers(own.get("sigma")), mixture.widths(axis), 1e-9);
    }
    double[] densities = numbers(golden.get("log_pdf"));
    for (int query = 0; query < densities.length; query++) {
      double[] point = new double[NAMES.size()];
      for (int axis = 0; axis < point.length; axis++) {
        point[axis] = golden.get("query").get(NAMES.get(axis)).get(query).doubleValue();
      }
      assertEquals(densities[query], mixture.logDensity(point), 1e-9);
    }
  }

  /** Summed over all steps, and integrated over all numbers, a density is 1. */
  @Test
  void theDensityOfEachAxisIsOne() {
    Draw random = Draw.of(1, 0, "seen");
    for (int seen : new int[] {0, 1, 2, 7, 40}) {
      for (Domain domain : DOMAINS) {
        Axis axis = domain.axes().get(0);
        double[] observed =
            IntStream.range(0, seen)
                .mapToDouble(i -> domain.coordinates(domain.at(random.next()))[0])
                .toArray();
        Mixture mixture =
            new Mixture(new Axis[] {axis}, new double[][] {observed}, Split.weights(seen), 4);
        double total = 0;
        int parts = 20_000;
        for (int i = 0; i < parts; i++) {
          if (axis.step() > 0) {
            double at = axis.low() + i * axis.step();
            total += at > axis.high() ? 0 : Math.exp(mixture.logDensity(new double[] {at}));
          } else {
            double width = (axis.until() - axis.from()) / parts;
            double place = axis.coordinate(axis.from() + (i + 0.5) * width);
            total += width * Math.exp(mixture.logDensity(new double[] {place}));
          }
        }
        assertEquals(1, total, 1e-5, domain + " after " + seen);
      }
    }
  }

  /** What it draws is distributed as it says: of each step the share, chi-squared. */
  @Test
  void itDrawsFromItsDensity() {
    Axis axis = new IntRange(1, 8, 0).axes().get(0);
    Mixture mixture =
        new Mixture(new Axis[] {axis}, new double[][] {{2, 2, 3, 7}}, Split.weights(4), 1);
    int draws = 20_000;
    int[] counts = new int[9];
    Draw random = Draw.of(3, 0, "draws");
    double[] point = new double[1];
    for (int i = 0; i < draws; i++) {
      mixture.draw(random, point);
      counts[(int) point[0]]++;
    }
    double chiSquare = 0;
    for (int step = 1; step <= 8; step++) {
      double expected = draws * Math.exp(mixture.logDensity(new double[] {step}));
      chiSquare += (counts[step] - expected) * (counts[step] - expected) / expected;
    }
    // 1 in 1000 exceeds 24.3 with 7 degrees of freedom.
    assertTrue(chiSquare < 24.3, "chi-square " + chiSquare);
  }

  @Test
  void massIsPreciseInBothTailsAndInNarrowStrips() {
    assertEquals(-804.608442013754, Normal.logMass(-Double.MAX_VALUE, -40), 1e-9);
    assertEquals(Normal.logMass(-41, -40), Normal.logMass(40, 41), 0);
    assertEquals(Math.log(0.6826894921370859), Normal.logMass(-1, 1), 1e-14);
    assertEquals(Math.log(1e-9) - 0.5 - Normal.LOG_ROOT_TWO_PI, Normal.logMass(1, 1 + 1e-9), 1e-7);
  }

  private static double[] numbers(JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    list.forEach(each -> numbers.add(each.doubleValue()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
