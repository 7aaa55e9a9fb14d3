package dev.almanac.pipelines.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.work.search.Search;
import dev.almanac.pipelines.work.study.Confirmed;
import dev.almanac.training.run.Spread;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a search says at its end. */
final class SearchSummary {
  private SearchSummary() {}

  /** A study, its trials, and the run of the best one. */
  static Result of(Search.Found found) {
    Result run = Summaries.withTest(Summaries.run(found.winner()), found.winner());
    Trial best = found.best();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("trial", best.number());
    shown.put("value", best.value());
    shown.put("assignment", best.assignment());
    return new Result(
            run.json(),
            "Study:   %s, ended by its %s%n%n%s%n%s%s, trial %s:%n%n%s%s"
                .formatted(
                    found.study(),
                    found.end().text(),
                    trials(found.trials(), best),
                    confirmed(found),
                    found.winner().record().isEnsemble()
                        ? "The mean of the best; the best alone"
                        : "The best",
                    best.number(),
                    run.text(),
                    found.notes().stream().map("%nNote: %s%n"::formatted).collect(joining())))
        .with("study", found.study())
        .with("trials", found.trials().size())
        .with("ended-by", found.end().text())
        .with("confirmed", confirmed(found.confirmed()))
        .with("best", shown)
        .with("notes", found.notes());
  }

  private static String confirmed(Search.Found found) {
    return found.confirmed().isEmpty()
        ? ""
        : "Trained again with fresh seeds, the best of %s trials:%n%n%s%n"
            .formatted(found.trials().size(), seeds(found.confirmed()));
  }

  /** How trials did with fresh seeds: a line each. */
  static String seeds(List<Confirmed> confirmed) {
    Table table = new Table("trial", "chosen at", "mean", "sd", "seeds");
    for (Confirmed one : confirmed) {
      Spread spread = one.spread();
      table.row(
          one.trial().number(),
          one.trial().value(),
          spread.mean(),
          spread.sd(),
          spread.values().size());
    }
    return table.text();
  }

  /** The same for programs. */
  static List<Map<String, Object>> confirmed(List<Confirmed> confirmed) {
    return confirmed.stream()
        .map(one -> Map.<String, Object>of("trial", one.trial().number(), "spread", one.spread()))
        .toList();
  }

  /** A line a trial, the best marked. */
  private static String trials(List<Trial> trials, Trial best) {
    Set<String> paths = new LinkedHashSet<>();
    trials.forEach(trial -> paths.addAll(trial.assignment().keySet()));
    List<String> head = new ArrayList<>(List.of("", "trial", "state", "value"));
    paths.forEach(path -> head.add(path.substring(path.lastIndexOf('.') + 1)));
    head.addAll(List.of("seconds", "run"));
    Table table = new Table(head.toArray(new String[0]));
    for (Trial trial : trials) {
      List<Object> cells = new ArrayList<>();
      cells.add(trial.number() == best.number() ? "*" : "");
      cells.add(trial.number());
      cells.add(trial.state().text());
      cells.add(trial.value());
      paths.forEach(
          path ->
              cells.add(
                  trial.assignment().containsKey(path)
                      ? value(trial.assignment().get(path))
                      : null));
      cells.add(trial.seconds());
      cells.add(
          trial.reason() == null ? trial.runId() : trial.reason().lines().findFirst().orElse(""));
      table.row(cells.toArray());
    }
    return table.text();
  }

  private static Object value(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return value.doubleValue();
    }
    return value.isTextual() ? value.textValue() : Json.line(value);
  }
}
