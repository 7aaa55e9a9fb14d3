package dev.almanac.training.feed;

import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Says which values of a batch made a loss or a gradient not finite, as far as that can be seen.
 */
public final class BrokenBatch {
  /** Features this many standard deviations from 0 are named; encoded ones seldom reach it. */
  private static final float FAR = 20;

  private static final int MOST = 5;

  private BrokenBatch() {}

  /** The cell of a column that lies farthest from 0. */
  private record Extreme(String column, int row, float value) {}

  /** A clause for a message. */
  public static String describe(BatchSource.Rows rows, DatasetColumns columns) {
    List<Extreme> odd = new ArrayList<>();
    List<Extreme> far = new ArrayList<>();
    int width = columns.numeric().size();
    for (int i = 0; i < width; i++) {
      Extreme extreme = extreme(rows, columns.numeric().get(i), i, width, true);
      sort(extreme, odd, far);
    }
    Extreme label = extreme(rows, columns.label().column(), 0, 1, false);
    if (!Float.isFinite(label.value)) {
      odd.add(label);
    }
    if (!odd.isEmpty()) {
      return "not finite in this batch: " + list(odd);
    }
    if (far.isEmpty()) {
      return "its features and labels are all finite and none is far from the others, so the weights grew too far";
    }
    return "far from the others in this batch: " + list(far);
  }

  private static void sort(Extreme extreme, List<Extreme> odd, List<Extreme> far) {
    if (!Float.isFinite(extreme.value)) {
      odd.add(extreme);
    } else if (Math.abs(extreme.value) > FAR) {
      far.add(extreme);
    }
  }

  private static Extreme extreme(
      BatchSource.Rows rows, String column, int at, int width, boolean feature) {
    Extreme extreme = new Extreme(column, 0, 0);
    for (int row = 0; row < rows.count(); row++) {
      int place = (row * width + at) * Float.BYTES;
      float value = feature ? rows.numeric().getFloat(place) : rows.labels().getFloat(place);
      if (!Float.isFinite(value)) {
        return new Extreme(column, row, value);
      }
      if (Math.abs(value) > Math.abs(extreme.value)) {
        extreme = new Extreme(column, row, value);
      }
    }
    return extreme;
  }

  private static String list(List<Extreme> extremes) {
    List<String> texts =
        extremes.stream()
            .sorted(Comparator.comparingDouble(e -> -Math.abs(e.value)))
            .limit(MOST)
            .map(
                e ->
                    String.format(Locale.ROOT, "'%s' holds %s in row %d", e.column, e.value, e.row))
            .toList();
    return String.join(", ", texts)
        + (extremes.size() > MOST ? " and %s more".formatted(extremes.size() - MOST) : "");
  }
}
