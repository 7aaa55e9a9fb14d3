package dev.almanac.training.search.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trial that no sampler suggested: it comes before those that one does.
 *
 * @param origin as in {@link Trial#origin}
 * @param value that it had in an earlier study; null when it is still to be trained
 * @param reports of an earlier study
 * @param runId of an earlier study, or null
 */
public record Given(
    String origin,
    Map<String, JsonNode> assignment,
    Double value,
    List<Report> reports,
    String runId) {
  public Given {
    assignment = Collections.unmodifiableMap(new LinkedHashMap<>(assignment));
    reports = List.copyOf(reports);
  }

  /** Values to be tried. */
  public static Given of(String origin, Map<String, JsonNode> assignment) {
    return new Given(origin, assignment, null, List.of(), null);
  }

  /** Whether nothing is left to be trained. */
  public boolean isTakenOver() {
    return value != null;
  }

  /** It as a trial. */
  public Trial trial(int number) {
    return isTakenOver()
        ? new Trial(
            number, origin, assignment, Trial.State.FINISHED, value, reports, runId, null, null)
        : Trial.running(number, origin, assignment);
  }

  /** Whether a trial is this. */
  public boolean is(Trial trial) {
    return trial.origin().equals(origin) && written(trial.assignment()).equals(written(assignment));
  }

  /** As text: a number read back from a file may be of another type than the one written. */
  private static String written(Map<String, JsonNode> values) {
    return Json.line(new TreeMap<>(values));
  }
}
