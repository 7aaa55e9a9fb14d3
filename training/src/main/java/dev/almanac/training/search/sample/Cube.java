package dev.almanac.training.search.sample;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.Axis;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Trial;
import java.util.Map;
import java.util.stream.IntStream;

/** A space of numbers as the unit cube: what does not vary is left out. */
final class Cube {
  /** Of a step's width: the least standard deviation, with which neighbours are still tried. */
  private static final double LEAST = 0.3;

  private final Layout layout;

  /** The axes that vary. */
  private final int[] axes;

  Cube(SearchSpace space) {
    this.layout = new Layout(space);
    this.axes = IntStream.range(0, layout.size()).filter(i -> !layout.axis(i).isPoint()).toArray();
  }

  int size() {
    return axes.length;
  }

  /** A trial as a point; null when it has not all of the space's values. */
  double[] point(Trial trial) {
    double[] all = layout.point(trial.assignment());
    double[] point = new double[axes.length];
    for (int i = 0; i < axes.length; i++) {
      Axis axis = layout.axis(axes[i]);
      point[i] = (axis.scaled(all[axes[i]]) - axis.from()) / (axis.until() - axis.from());
      if (Double.isNaN(point[i])) {
        return null;
      }
    }
    return point;
  }

  /**
   * Draws a point in the cube.
   *
   * @param most draws, the last of which is put onto the cube's nearest side
   */
  double[] draw(CmaEs state, Draw random, int most) {
    double[] least = new double[axes.length];
    for (int i = 0; i < axes.length; i++) {
      Axis axis = layout.axis(axes[i]);
      least[i] = axis.log() ? 0 : LEAST * axis.step() / (axis.until() - axis.from());
    }
    double[] point = state.draw(random, least);
    for (int draw = 1; draw < most && !isInside(point); draw++) {
      point = state.draw(random, least);
    }
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.max(0, Math.min(1, point[i]));
    }
    return point;
  }

  private static boolean isInside(double[] point) {
    for (double each : point) {
      if (each < 0 || each > 1) {
        return false;
      }
    }
    return true;
  }

  Map<String, JsonNode> values(double[] point) {
    double[] all = new double[layout.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = layout.axis(i).low();
    }
    for (int i = 0; i < axes.length; i++) {
      Axis axis = layout.axis(axes[i]);
      all[axes[i]] = axis.coordinate(axis.from() + point[i] * (axis.until() - axis.from()));
    }
    return layout.assignment(all);
  }
}
