package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.Parameter;
import dev.almanac.training.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The axes of a space, one or two for each parameter, and its trials as points on them. An axis
 * that does not exist in a trial has NaN there.
 *
 * <p>Axes that exist in the same trials, because they hang on the same conditions, are one group.
 */
final class Layout {
  private final List<Parameter> parameters;
  private final Axis[] axes;

  /** By parameter, its first axis. */
  private final int[] first;

  private final List<int[]> groups;

  Layout(SearchSpace space) {
    this.parameters = space.parameters();
    this.first = new int[parameters.size() + 1];
    List<Axis> all = new ArrayList<>();
    Map<Object, List<Integer>> together = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      first[i] = all.size();
      List<Axis> own = parameter.domain().axes();
      for (int part = 0; part < own.size(); part++) {
        Object condition = part == 0 ? parameter.when() : List.of(i, part);
        together.computeIfAbsent(condition, none -> new ArrayList<>()).add(all.size());
        all.add(own.get(part));
      }
    }
    first[parameters.size()] = all.size();
    this.axes = all.toArray(Axis[]::new);
    this.groups =
        together.values().stream()
            .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
            .toList();
  }

  int size() {
    return axes.length;
  }

  Axis axis(int index) {
    return axes[index];
  }

  /** The axes that exist together, in an order in which each stands behind what it hangs on. */
  List<int[]> groups() {
    return groups;
  }

  /**
   * A trial's values as a point; an axis whose value is not, or no longer, in its domain is NaN.
   */
  double[] point(Map<String, JsonNode> assignment) {
    double[] point = new double[axes.length];
    Arrays.fill(point, Double.NaN);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      JsonNode value = assignment.get(parameter.path());
      if (value != null && parameter.exists(assignment)) {
        double[] own = parameter.domain().coordinates(value);
        if (own != null) {
          System.arraycopy(own, 0, point, first[i], own.length);
        }
      }
    }
    return point;
  }

  /** The values at a point; what is NaN there, or does not exist with the others, is left out. */
  Map<String, JsonNode> assignment(double[] point) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (!Double.isNaN(point[first[i]]) && parameter.exists(values)) {
        double[] own = Arrays.copyOfRange(point, first[i], first[i + 1]);
        if (own.length == 1 || own[0] == 0 || !Double.isNaN(own[1])) {
          values.put(parameter.path(), parameter.domain().value(own));
        }
      }
    }
    return values;
  }

  /** Whether the axes of a group exist beside what a point holds already. */
  boolean exists(int[] group, double[] point) {
    int axis = group[0];
    int parameter = Arrays.binarySearch(first, axis);
    if (parameter < 0) {
      // The line of a parameter that has a category before it.
      return point[axis - 1] == 1;
    }
    return parameters.get(parameter).exists(assignment(point));
  }
}
