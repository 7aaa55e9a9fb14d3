package dev.almanac.pipelines.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.importance.Importances;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the script of a study's page draws. */
record StudyData(StudyView view, List<StudyParameter> parameters) {
  /** Points of all learning curves together: with more, each has fewer. */
  private static final int POINTS = 60_000;

  private static final int FEWEST_POINTS = 12;

  Map<String, Object> json() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("metric", view.study().metric());
    data.put("goal", view.study().goal().text());
    data.put("counted", view.study().resource().words());
    data.put("params", parameters.stream().map(this::parameter).toList());
    List<Trial> trials = view.study().trials();
    int points = Math.max(FEWEST_POINTS, POINTS / Math.max(1, trials.size()));
    data.put("trials", trials.stream().map(trial -> trial(trial, points)).toList());
    data.put("segments", view.segments().stream().map(StudyData::segment).toList());
    data.put("winner", view.winner() == null ? null : view.winner().trial());
    data.put(
        "confirmed",
        view.confirmed().stream()
            .map(one -> Map.of("n", one.trial(), "values", one.spread().values()))
            .toList());
    return data;
  }

  private Map<String, Object> parameter(StudyParameter parameter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("path", parameter.path());
    json.put("label", parameter.label());
    json.put("log", parameter.log());
    json.put("categories", parameter.categories());
    json.put("importance", importance(parameter.path()));
    return json;
  }

  private double importance(String path) {
    if (view.importances() == null) {
      return 0;
    }
    return view.importances().parameters().stream()
        .filter(share -> share.path().equals(path))
        .mapToDouble(Importances.Share::share)
        .sum();
  }

  private Map<String, Object> trial(Trial trial, int points) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", trial.number());
    json.put("state", trial.state().text());
    json.put("value", trial.value() == null ? null : Digits.drawn(trial.value()));
    List<Object> values = new ArrayList<>();
    for (StudyParameter parameter : parameters) {
      JsonNode value = trial.assignment().get(parameter.path());
      values.add(
          value == null
              ? null
              : parameter.categories().isEmpty()
                  ? (Object) value.doubleValue()
                  : StudyParameter.text(value));
    }
    json.put("at", values);
    json.put("reports", reports(trial.reports(), points));
    return json;
  }

  /** Every so many, the last among them. */
  private static List<List<Number>> reports(List<Report> reports, int most) {
    int step = Math.max(1, (reports.size() + most - 1) / most);
    List<List<Number>> kept = new ArrayList<>();
    for (int i = 0; i < reports.size(); i++) {
      boolean isLast = i == reports.size() - 1;
      if ((i % step == 0 || isLast) && Double.isFinite(reports.get(i).value())) {
        kept.add(Arrays.asList(reports.get(i).at(), Digits.drawn(reports.get(i).value())));
      }
    }
    return kept;
  }

  private static List<Object> segment(StudyView.Segment segment) {
    return List.of(
        segment.trial(),
        segment.worker(),
        segment.since(),
        segment.until(),
        segment.from(),
        segment.to(),
        segment.state());
  }
}
