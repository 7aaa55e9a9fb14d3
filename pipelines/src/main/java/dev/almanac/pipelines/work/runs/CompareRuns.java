package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.find.Filter;
import dev.almanac.training.run.find.Value;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts runs side by side: what they differ in, how good they are, how they learned.
 *
 * @param metric whose curves are given, as metrics.jsonl has it for validation, or {@code loss};
 *     null for the first that a run has
 */
public record CompareRuns(RunFolder folder, Selection selection, String metric)
    implements Work<CompareRuns.Compared> {
  /** More are no comparison that a person can read. */
  public static final int MOST = 20;

  /**
   * What was compared.
   *
   * @param runs names of the runs' folders
   * @param differences the keys whose values are not the same for all
   * @param metrics of all that a run has
   * @param curveOf which metric the curves are of; null without any
   */
  public record Compared(
      String folder,
      List<String> runs,
      List<Line> differences,
      List<Line> metrics,
      String curveOf,
      List<Curve> curves) {}

  /**
   * A key of all runs.
   *
   * @param part {@code params}, {@code data}, {@code code}, {@code machine} or {@code run}; of
   *     metrics {@code metrics}
   * @param values in the order of the runs; null where a run has none
   */
  public record Line(String part, String key, List<Value> values) {}

  /** How a metric of a run went, a value an epoch. */
  public record Curve(String run, List<Integer> epochs, List<Double> values) {}

  @Override
  public Compared run(Watch watch) throws IOException, RequestException {
    Filter filter = selection.filter();
    Map<String, Map<String, Value>> rows = new LinkedHashMap<>();
    List<String> names =
        Selection.read(
            folder,
            watch,
            table -> {
              List<String> found =
                  selection.names(table, filter, new Selection.Columns(table)).stream()
                      .filter(name -> !table.unreadable().containsKey(name))
                      .toList();
              if (found.size() <= MOST) {
                found.forEach(name -> rows.put(name, table.row(name)));
              }
              return found;
            });
    if (names.size() < 2 || names.size() > MOST) {
      throw new RequestException(
          "Cannot compare %s: name 2 to %s runs that can be read, or narrow the filter"
              .formatted(names.isEmpty() ? "no runs" : names.size() + " run(s)", MOST));
    }
    List<Curve> curves = new ArrayList<>();
    String curveOf = curves(names, curves);
    return new Compared(
        folder.path(), names, differences(rows), metrics(rows), curveOf, List.copyOf(curves));
  }

  private static List<Line> differences(Map<String, Map<String, Value>> rows) {
    List<Line> lines = new ArrayList<>();
    for (String part : List.of("params", "data", "code", "machine", "run")) {
      for (String key : keys(rows)) {
        if (part.equals(part(key))) {
          Line line = line(part, key, rows);
          if (line.values().stream().distinct().count() > 1) {
            lines.add(line);
          }
        }
      }
    }
    return lines;
  }

  private static List<Line> metrics(Map<String, Map<String, Value>> rows) {
    Set<String> keys = new LinkedHashSet<>();
    for (String key : keys(rows)) {
      if (key.startsWith("metrics.") && !key.matches(".*\\.(last|min|max)")) {
        keys.add(key);
      }
    }
    keys.addAll(List.of("epochs", "best-epoch", "seconds", "rows-per-second", "parameters"));
    return keys.stream()
        .map(key -> line("metrics", key, rows))
        .filter(line -> line.values().stream().anyMatch(Objects::nonNull))
        .toList();
  }

  private static Line line(String part, String key, Map<String, Map<String, Value>> rows) {
    List<Value> values = new ArrayList<>();
    rows.values().forEach(row -> values.add(row.get(key)));
    return new Line(part, key, values);
  }

  private static Set<String> keys(Map<String, Map<String, Value>> rows) {
    Set<String> keys = new TreeSet<>();
    rows.values().forEach(row -> keys.addAll(row.keySet()));
    return keys;
  }

  /** Which part of a run a key tells of; null for what every run has of its own. */
  private static String part(String key) {
    if (key.startsWith("params.search.")) {
      return null;
    }
    String first = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    return switch (first) {
      case "params" -> "params";
      case "dataset" -> "data";
      case "code" -> "code";
      case "machine" -> key.startsWith("machine.versions.") ? "code" : "machine";
      case "name", "state", "reason", "group", "study", "note", "tags" -> "run";
      default -> null;
    };
  }

  /** Adds a curve for each run that has the metric; says which that is. */
  private String curves(List<String> names, List<Curve> curves) throws IOException {
    Map<String, List<EpochRecord>> epochs = new LinkedHashMap<>();
    for (String name : names) {
      epochs.put(name, Run.open(Storage.resolve(folder.path(), name)).epochLines().values());
    }
    String of = metric;
    for (List<EpochRecord> run : epochs.values()) {
      if (of == null && !run.isEmpty()) {
        of = run.get(0).validation().keySet().stream().findFirst().orElse("loss");
      }
    }
    for (Map.Entry<String, List<EpochRecord>> run : epochs.entrySet()) {
      List<Integer> at = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (EpochRecord epoch : run.getValue()) {
        Double value = value(epoch, of);
        if (value != null) {
          at.add(epoch.epoch());
          values.add(value);
        }
      }
      if (!at.isEmpty()) {
        curves.add(new Curve(run.getKey(), at, values));
      }
    }
    return curves.isEmpty() ? null : of;
  }

  private static Double value(EpochRecord epoch, String of) {
    if (!"loss".equals(of)) {
      return epoch.validation().get(of);
    }
    return epoch.validationLoss() == null ? epoch.trainLoss() : epoch.validationLoss();
  }
}
