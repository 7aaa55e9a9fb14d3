package dev.almanac.pipelines.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A progress that keeps what it hears, and tells of every step. */
final class Lines implements Progress {
  private final List<String> lines = new ArrayList<>();
  private final Consumer<String> onHearing;

  Lines() {
    this(line -> {});
  }

  /**
   * @param onHearing is told of each line and of what each step does
   */
  Lines(Consumer<String> onHearing) {
    this.onHearing = onHearing;
  }

  @Override
  public void line(String text) {
    synchronized (lines) {
      lines.add(text);
    }
    onHearing.accept(text);
  }

  @Override
  public void step(String what, long done, long total, String unit, String note) {
    onHearing.accept(what);
  }

  List<String> all() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }
}
