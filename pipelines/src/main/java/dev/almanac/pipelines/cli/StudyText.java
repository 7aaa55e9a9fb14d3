package dev.almanac.pipelines.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.study.ListStudies;
import dev.almanac.pipelines.work.study.ShowStudy;
import dev.almanac.training.search.importance.Importances;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What `study show` says, in lines of at most {@code width} characters where what is named allows
 * it.
 */
record StudyText(ShowStudy.Shown shown, int width) {
  private static final int BAR = 30;

  /** Characters of a parameter's name. */
  private static final int NAME = 24;

  /** Characters of a value. */
  private static final int VALUE = 12;

  String text() {
    ListStudies.Line line = shown.line();
    StringBuilder text = new StringBuilder();
    text.append("Study:    %s%n".formatted(line.folder()));
    text.append(
        "Asks:     %s %s, by %s%n"
            .formatted(
                shown.study().goal().text(),
                line.metric(),
                shown.study().question("sampler").asText()));
    text.append("State:    %s%n".formatted(state(line)));
    text.append(
        "Trials:   %s%n"
            .formatted(
                line.trials().entrySet().stream()
                    .map(each -> each.getValue() + " " + each.getKey())
                    .collect(Collectors.joining(", "))));
    text.append(
        "Spent:    %s%s of training%n"
            .formatted(
                line.trained().isEmpty() ? "" : line.trained() + ", ",
                Figures.duration(line.seconds())));
    text.append("Page:     %s%n".formatted(shown.page()));
    if (shown.best().isEmpty()) {
      text.append("%nNo trial has finished.%n".formatted());
    } else {
      best(text);
    }
    if (!shown.confirmed().isEmpty()) {
      text.append(
          "%nTrained again with fresh seeds, the best mean first:%n%n%s"
              .formatted(SearchSummary.seeds(shown.confirmed())));
    }
    importance(text);
    shown.study().damage().forEach(each -> text.append("%nNote: %s%n".formatted(each)));
    return text.toString();
  }

  private static String state(ListStudies.Line line) {
    return line.ended() == null
        ? line.state().text()
        : "%s by its budget: %s".formatted(line.state().text(), line.ended());
  }

  private void best(StringBuilder text) {
    Trial first = shown.best().get(0);
    text.append(
        "%nThe best, trial %s: %s %s, run %s%n"
            .formatted(
                first.number(),
                shown.line().metric(),
                Figures.number(first.value()),
                first.runId()));
    int room = Math.max(1, (width - NAME) / (VALUE + 2));
    List<Trial> fitting = shown.best().subList(0, Math.min(room, shown.best().size()));
    Set<String> paths = new LinkedHashSet<>();
    fitting.forEach(trial -> paths.addAll(trial.assignment().keySet()));
    List<String> head = new ArrayList<>(List.of("trial"));
    fitting.forEach(trial -> head.add(Integer.toString(trial.number())));
    Table table = new Table(head.toArray(String[]::new));
    table.row(cells("value", fitting, trial -> Figures.number(trial.value())));
    List<String> same = new ArrayList<>();
    for (String path : paths) {
      Object[] cells = cells(path, fitting, trial -> value(trial.assignment().get(path)));
      long distinct = List.of(cells).subList(1, cells.length).stream().distinct().count();
      if (distinct > 1 || fitting.size() == 1) {
        table.row(cells);
      } else {
        same.add("  %s = %s%n".formatted(path, cells[1]));
      }
    }
    text.append('\n').append(table.text());
    if (fitting.size() < shown.best().size()) {
      text.append(
          "(no room for %s more; a wider terminal, COLUMNS or --json shows them)%n"
              .formatted(shown.best().size() - fitting.size()));
    }
    if (!same.isEmpty()) {
      text.append("The same in all:%n%s".formatted(String.join("", same)));
    }
  }

  private interface Cell {
    String of(Trial trial);
  }

  private static Object[] cells(String name, List<Trial> trials, Cell cell) {
    List<Object> cells = new ArrayList<>(List.of(cut(name)));
    trials.forEach(
        trial -> {
          String text = cell.of(trial);
          cells.add(text.length() <= VALUE ? text : text.substring(0, VALUE - 2) + "..");
        });
    return cells.toArray();
  }

  private static String value(JsonNode value) {
    if (value == null) {
      return "-";
    }
    if (value.isFloatingPointNumber()) {
      return Figures.number(value.doubleValue());
    }
    return value.isTextual() ? value.textValue() : Json.line(value);
  }

  /** The end of a long name, which tells it from others. */
  private static String cut(String path) {
    return path.length() <= NAME ? path : ".." + path.substring(path.length() - NAME + 2);
  }

  private void importance(StringBuilder text) {
    Importances found = shown.importances();
    if (found == null) {
      text.append(
          "%nWhat mattered: it takes %s trials whose values are not all the same to tell.%n"
              .formatted(Importances.FEWEST));
      return;
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nWhat mattered (functional ANOVA of %s trials; foretells %.0f %% of a difference):%n%n",
            found.trials(),
            100 * found.explained()));
    int width =
        found.parameters().stream().mapToInt(each -> cut(each.path()).length()).max().orElse(0);
    for (Importances.Share share : found.parameters()) {
      int bar = (int) Math.round(BAR * share.share());
      text.append(
          String.format(
              Locale.ROOT,
              "%s  %s %5.1f %%%n",
              pad(cut(share.path()), width),
              pad("#".repeat(bar), BAR),
              100 * share.share()));
    }
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
