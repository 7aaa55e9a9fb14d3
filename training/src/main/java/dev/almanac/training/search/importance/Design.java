package dev.almanac.training.search.importance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where assignments lie on the axes of a space. Axes of one coordinate alone are left out.
 *
 * @param dimensions in the order of the space
 */
record Design(List<Dimension> dimensions) {
  private static final int DRAWS = 2_000;
  private static final int MOST_LEVELS = 1_000_000;

  /**
   * Lays out assignments.
   *
   * @param assignments a value that its domain does not have counts as not there
   */
  static Design of(SearchSpace space, List<Map<String, JsonNode>> assignments) {
    List<Dimension> dimensions = new ArrayList<>();
    for (int number = 0; number < space.parameters().size(); number++) {
      Parameter parameter = space.parameters().get(number);
      List<Axis> axes = parameter.domain().axes();
      double[][] coordinates =
          assignments.stream().map(each -> coordinates(parameter, each)).toArray(double[][]::new);
      for (int i = 0; i < axes.size(); i++) {
        if (!axes.get(i).isPoint()) {
          Axis axis = axes.get(i);
          int at = i;
          double[] places =
              Arrays.stream(coordinates)
                  .mapToDouble(each -> each == null ? Double.NaN : place(axis, each[at]))
                  .toArray();
          dimensions.add(
              new Dimension(dimensions.size(), number, axis.categories(), levels(axis), places));
        }
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
        together.stream().map(each -> dimensions.get(each.number()).places()).toList();
    int all = places.get(0).length;
    long existing =
        IntStream.range(0, all)
            .filter(draw -> places.stream().noneMatch(at -> Double.isNaN(at[draw])))
            .count();
    return (double) existing / all;
  }

  private static double[] coordinates(Parameter parameter, Map<String, JsonNode> assignment) {
    JsonNode value = assignment.get(parameter.path());
    return value == null || !parameter.exists(assignment)
        ? null
        : parameter.domain().coordinates(value);
  }

  private static double place(Axis axis, double coordinate) {
    return axis.isCategorical()
        ? coordinate
        : (axis.scaled(coordinate) - axis.from()) / (axis.until() - axis.from());
  }

  /** On a logarithmic axis places are not evenly spread, so that it counts as endless. */
  private static int levels(Axis axis) {
    if (axis.step() == 0 || axis.log() || axis.isCategorical()) {
      return 0;
    }
    double levels = (axis.high() - axis.low()) / axis.step() + 1;
    return levels < MOST_LEVELS ? (int) Math.round(levels) : 0;
  }
}
