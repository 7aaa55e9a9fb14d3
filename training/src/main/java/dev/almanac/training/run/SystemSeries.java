package dev.almanac.training.run;

import dev.almanac.transforms.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of {@code system.jsonl}: at most {@value #MOST}, however long a training is. When they
 * are full, two in a row become one, and from then on each stands for twice the time.
 */
public final class SystemSeries {
  public static final int MOST = 360;

  private final List<SystemRecord> lines;
  private double apart = 1;

  /** Goes on behind these. */
  public SystemSeries(List<SystemRecord> before) {
    lines = new ArrayList<>(before);
    while (lines.size() >= MOST) {
      halve();
    }
    if (lines.size() > 1) {
      apart = Math.max(1, lines.get(lines.size() - 1).seconds() / lines.size());
    }
  }

  public void add(SystemRecord line) {
    lines.add(line);
    if (lines.size() > MOST) {
      halve();
    }
  }

  private void halve() {
    List<SystemRecord> half = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i += 2) {
      half.add(lines.get(i).and(lines.get(i + 1)));
    }
    if (lines.size() % 2 == 1) {
      half.add(lines.get(lines.size() - 1));
    }
    lines.clear();
    lines.addAll(half);
    apart *= 2;
  }

  /** Seconds that the lines are to be apart. */
  public double apart() {
    return apart;
  }

  /** Seconds of training that the lines tell of. */
  public double seconds() {
    return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).seconds();
  }

  public List<SystemRecord> lines() {
    return List.copyOf(lines);
  }

  /** The file. */
  public String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(Json.line(line)).append('\n'));
    return text.toString();
  }
}
