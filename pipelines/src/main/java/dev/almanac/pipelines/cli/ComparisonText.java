package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.runs.CompareRuns.Compared;
import dev.almanac.pipelines.work.runs.CompareRuns.Line;
import dev.almanac.training.run.find.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs side by side for a terminal: each is called by a letter, so that tables are narrow. */
record ComparisonText(Compared compared) {
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < compared.runs().size(); i++) {
      text.append("%s  %s%n".formatted(letter(i), compared.runs().get(i)));
    }
    text.append("\nMetrics, of the weights kept\n\n").append(table(compared.metrics()));
    if (compared.differences().isEmpty()) {
      text.append("\nNothing that is recorded differs\n");
    } else {
      text.append("\nWhat differs\n\n").append(table(compared.differences()));
    }
    if (compared.curveOf() != null) {
      int width = width();
      text.append("\n%s after each epoch%n%n".formatted(compared.curveOf()));
      text.append(new Plot(width).text(compared.runs(), compared.curves()));
    }
    return text.toString();
  }

  private static int width() {
    return TerminalWidth.ofThisTerminal().columns(System.nanoTime());
  }

  private String table(List<Line> lines) {
    List<String> head = new ArrayList<>(List.of(""));
    for (int i = 0; i < compared.runs().size(); i++) {
      head.add(letter(i));
    }
    Table table = new Table(head.toArray(String[]::new));
    for (Line line : lines) {
      List<Object> cells = new ArrayList<>();
      cells.add(line.key().replaceFirst("^metrics\\.", ""));
      line.values().forEach(value -> cells.add(cell(line, value)));
      table.row(cells.toArray());
    }
    return table.text(width());
  }

  /** In few digits, unless those would be the same for values that are not. */
  private static String cell(Line line, Value value) {
    if (value == null) {
      return "-";
    }
    if (value.number() == null) {
      return value.shown().replaceAll("\\s+", " ");
    }
    boolean told =
        line.values().stream().filter(Objects::nonNull).distinct().count()
            == line.values().stream()
                .filter(other -> other != null && other.number() != null)
                .map(other -> Figures.number(other.number()))
                .distinct()
                .count();
    return told || line.part().equals("metrics") ? Figures.number(value.number()) : value.shown();
  }

  /** What a run is called, and drawn by. */
  static String letter(int run) {
    return Character.toString((char) ('a' + run));
  }
}
