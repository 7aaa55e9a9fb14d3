package dev.almanac.training.search.importance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Domain;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Where assignments lie on the dimensions of a space. Parameters of one value alone are left out.
 *
 * @param dimensions in the order of the space
 */
record Design(List<Dimension> dimensions) {
  private static final int DRAWS = 2_000;
  private static final int TRIED = 512;

  /** Halvings: finer than any picture. */
  private static final int HALVINGS = 40;

  /**
   * Lays out assignments.
   *
   * @param assignments a value that its domain does not have counts as not there
   */
  static Design of(SearchSpace space, List<Map<String, JsonNode>> assignments) {
    List<Dimension> dimensions = new ArrayList<>();
    for (int number = 0; number < space.parameters().size(); number++) {
      Parameter parameter = space.parameters().get(number);
      Domain domain = parameter.domain();
      Set<JsonNode> seen = new LinkedHashSet<>();
      for (int i = 0; i < TRIED; i++) {
        seen.add(domain.at((i + 0.5) / TRIED));
      }
      if (seen.size() > 1) {
        boolean isSet = domain.bounds().containsAll(seen);
        List<JsonNode> values = isSet ? domain.bounds() : List.of();
        int levels = isSet || seen.size() > TRIED / 8 ? 0 : seen.size();
        double[] places = new double[assignments.size()];
        Map<JsonNode, Double> known = new HashMap<>();
        for (int trial = 0; trial < places.length; trial++) {
          JsonNode value = assignments.get(trial).get(parameter.path());
          places[trial] =
              value == null
                  ? Double.NaN
                  : known.computeIfAbsent(
                      value, each -> isSet ? category(values, each) : place(domain, each));
        }
        dimensions.add(new Dimension(dimensions.size(), number, values.size(), levels, places));
      }
    }
    return new Design(dimensions);
  }

  /** As many assignments as a share needs, drawn as the space has them. */
  static Design drawn(SearchSpace space) {
    List<Map<String, JsonNode>> drawn = new ArrayList<>();
    for (int i = 0; i < DRAWS; i++) {
      int draw = i;
      drawn.add(
          space.assign(parameter -> parameter.domain().at(Draw.place(0, draw, parameter.path()))));
    }
    return of(space, drawn);
  }

  /** In which share of the assignments these dimensions, of any design of the space, all exist. */
  double share(List<Dimension> together) {
    List<double[]> places =
        together.stream().map(d -> dimensions.get(d.number()).places()).toList();
    int all = places.get(0).length;
    long existing =
        IntStream.range(0, all)
            .filter(draw -> places.stream().noneMatch(at -> Double.isNaN(at[draw])))
            .count();
    return (double) existing / all;
  }

  private static double category(List<JsonNode> values, JsonNode value) {
    int index = values.indexOf(value);
    return index < 0 ? Double.NaN : index;
  }

  /** The middle of the places that have this value. */
  private static double place(Domain domain, JsonNode value) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    double[] ends = domain.bounds().stream().mapToDouble(JsonNode::doubleValue).toArray();
    if (!(number >= Arrays.stream(ends).min().orElse(0)
        && number <= Arrays.stream(ends).max().orElse(0))) {
      return Double.NaN;
    }
    double from = first(place -> domain.at(place).doubleValue() >= number);
    double until = first(place -> domain.at(place).doubleValue() > number);
    return (from + until) / 2;
  }

  /** The lowest place from which on something holds. */
  private static double first(DoublePredicate holds) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (low + high) / 2;
  }
}
