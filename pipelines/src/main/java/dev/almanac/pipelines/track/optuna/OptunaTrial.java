package dev.almanac.pipelines.track.optuna;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A trial as Optuna's journal has it so far. */
final class OptunaTrial {
  private static final int RUNNING = 0;
  private static final int WAITING = 4;

  private final Map<String, Stored> distributions = new LinkedHashMap<>();
  private final Map<String, Double> params = new LinkedHashMap<>();
  private final TreeMap<Integer, Double> steps = new TreeMap<>();
  private String origin = "optuna";
  private String run;
  private String reason;
  private int state = RUNNING;
  private Double value;
  private String started;
  private String ended;

  /** As its first line makes it, which may give it whole. */
  OptunaTrial(JsonNode op) {
    op.path("params")
        .properties()
        .forEach(
            param ->
                param(
                    param.getKey(),
                    param.getValue().asDouble(),
                    op.path("distributions").path(param.getKey()).asText()));
    op.path("intermediate_values")
        .properties()
        .forEach(step -> steps.put(Integer.valueOf(step.getKey()), step.getValue().asDouble()));
    attributes(op.path("user_attrs"));
    started = op.path("datetime_start").asText(null);
    state(op);
  }

  void replay(JsonNode op) {
    if (hasEnded()) {
      return;
    }
    switch (op.path("op_code").intValue()) {
      case OptunaJournal.PARAM ->
          param(
              op.path("param_name").asText(),
              op.path("param_value_internal").asDouble(),
              op.path("distribution").asText());
      case OptunaJournal.INTERMEDIATE ->
          steps.put(op.path("step").intValue(), op.path("intermediate_value").asDouble());
      case OptunaJournal.TRIAL_ATTRIBUTE -> attributes(op.path("user_attr"));
      case OptunaJournal.STATE -> {
        started = op.path("datetime_start").asText(started);
        state(op);
      }
      default -> {
        // What samplers keep for themselves.
      }
    }
  }

  private void param(String name, double internal, String distribution) {
    distributions.put(name, Stored.of(distribution));
    params.put(name, internal);
  }

  /** What our own journals say of a trial. */
  private void attributes(JsonNode user) {
    origin = user.path("origin").asText(origin);
    run = user.path("run").asText(run);
    reason = user.path("reason").asText(reason);
  }

  private void state(JsonNode op) {
    state = op.path("state").asInt(state);
    ended = op.path("datetime_complete").asText(ended);
    JsonNode values = op.path("values").path(0);
    JsonNode written = values.isNumber() ? values : op.path("value");
    if (written.isNumber()) {
      value = written.doubleValue();
    }
  }

  private boolean hasEnded() {
    return state != RUNNING && state != WAITING;
  }

  Map<String, Stored> distributions() {
    return distributions;
  }

  int firstStep() {
    return steps.isEmpty() ? 1 : steps.firstKey();
  }

  /**
   * The same as a trial of ours. One that was under way or waited is cancelled.
   *
   * @param later what is added to its steps
   */
  Trial trial(int number, int later) {
    Map<String, JsonNode> assignment = new LinkedHashMap<>();
    distributions.forEach(
        (path, distribution) -> assignment.put(path, distribution.value(params.get(path))));
    List<Report> reports = new ArrayList<>();
    steps.forEach(
        (step, reached) -> {
          if (Double.isFinite(reached)) {
            reports.add(new Report(step + later, reached));
          }
        });
    Double last = reports.isEmpty() ? null : reports.get(reports.size() - 1).value();
    boolean isFinite = value != null && Double.isFinite(value);
    Trial.State now = now(isFinite);
    String why =
        switch (now) {
          case FAILED ->
              value == null || isFinite ? reason : "its value is no number (%s)".formatted(value);
          case CANCELLED -> "it had not ended when it was imported";
          default -> reason;
        };
    Double kept =
        switch (now) {
          case FINISHED -> value;
          case PRUNED -> isFinite ? value : last;
          default -> null;
        };
    return new Trial(number, origin, assignment, now, kept, reports, run, seconds(), why);
  }

  private Trial.State now(boolean isFinite) {
    return switch (state) {
      case 1 -> isFinite ? Trial.State.FINISHED : Trial.State.FAILED;
      case 2 -> Trial.State.PRUNED;
      case 3 -> Trial.State.FAILED;
      default -> Trial.State.CANCELLED;
    };
  }

  private Double seconds() {
    try {
      return started == null || ended == null
          ? null
          : Duration.between(time(started), time(ended)).toMillis() / 1e3;
    } catch (DateTimeException otherForm) {
      return null;
    }
  }

  /** Both of a trial are of one zone. */
  private static LocalDateTime time(String text) {
    return LocalDateTime.parse(text.replaceFirst("(Z|[+-]\\d\\d:?\\d\\d)$", ""));
  }
}
