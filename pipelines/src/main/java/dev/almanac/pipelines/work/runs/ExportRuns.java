package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.find.Filter;
import dev.almanac.training.run.find.Key;
import dev.almanac.training.run.find.Order;
import dev.almanac.training.run.find.Value;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes runs as a table for other programs: a line a run with all of its facts, or a line an epoch
 * with what metrics.jsonl holds.
 *
 * @param sort as {@link Order} reads it; null for the newest first
 * @param columns keys to write; none for all that a run has
 * @param epochs whether a line is an epoch
 * @param format of the lines
 * @param output a path, local or remote
 */
public record ExportRuns(
    RunFolder folder,
    Selection selection,
    String sort,
    List<String> columns,
    boolean epochs,
    Format format,
    String output)
    implements Work<ExportRuns.Exported> {
  public ExportRuns {
    columns = List.copyOf(columns);
  }

  /** What a line looks like. */
  public enum Format {
    /** With a line of names, as RFC 4180 has it; numbers in their shortest exact form. */
    CSV,
    /** A JSON object a line, without what a run has not. */
    JSONL
  }

  /** How much was written. */
  public record Exported(String output, int runs, long lines, List<String> columns) {}

  /** Takes a run's cells. */
  private interface Lines {
    void write(Map<String, Value> cells) throws IOException;
  }

  @Override
  public Exported run(Watch watch) throws IOException, RequestException {
    Filter filter = selection.filter();
    Order order = sort == null ? Order.NEWEST : Order.of(sort);
    Set<String> asked = new LinkedHashSet<>();
    for (String column : columns) {
      asked.add(Key.required(column).name());
    }
    List<String> names = new ArrayList<>();
    Map<String, Map<String, Value>> rows = new LinkedHashMap<>();
    Selection.read(
        folder,
        watch,
        table -> {
          Selection.Columns values = new Selection.Columns(table);
          names.addAll(selection.names(table, filter, values));
          names.removeIf(table.unreadable()::containsKey);
          names.sort(order.over(values::of));
          if (!epochs) {
            for (String key : asked.isEmpty() ? keys(table.keys()) : asked) {
              Map<String, Value> column = new LinkedHashMap<>();
              names.forEach(name -> column.put(name, values.of(name).get(key)));
              rows.put(key, column);
            }
          }
          return null;
        });
    List<String> head = new ArrayList<>();
    long[] lines = {0};
    Storage.write(
        output,
        out -> {
          head.clear();
          lines[0] = 0;
          if (epochs) {
            head.addAll(EpochCells.HEAD);
            head.addAll(metrics(names));
          } else {
            head.add("run");
            head.addAll(rows.keySet());
          }
          if (format == Format.CSV) {
            write(out, Csv.line(head));
          }
          Lines writer =
              cells -> {
                lines[0]++;
                write(out, format == Format.CSV ? Csv.line(texts(head, cells)) : json(head, cells));
              };
          for (String name : names) {
            watch.check();
            if (epochs) {
              for (EpochRecord epoch : epochs(name)) {
                writer.write(EpochCells.of(name, epoch));
              }
            } else {
              Map<String, Value> cells = new LinkedHashMap<>();
              cells.put("run", Value.of(name));
              rows.forEach((key, column) -> cells.put(key, column.get(name)));
              writer.write(cells);
            }
          }
        });
    return new Exported(output, names.size(), lines[0], List.copyOf(head));
  }

  private static List<String> keys(Set<String> all) {
    return all.stream().filter(key -> Key.of(key).isPresent()).toList();
  }

  private List<EpochRecord> epochs(String name) throws IOException {
    return Run.open(Storage.resolve(folder.path(), name)).epochLines().values();
  }

  /** Names of the validation metrics of any of the runs, in the order in which they come. */
  private Set<String> metrics(List<String> names) throws IOException {
    Set<String> metrics = new LinkedHashSet<>();
    for (String name : names) {
      for (EpochRecord epoch : epochs(name)) {
        epoch.validation().keySet().forEach(metric -> metrics.add("validation." + metric));
      }
    }
    return metrics;
  }

  private static List<String> texts(List<String> head, Map<String, Value> cells) {
    return head.stream().map(key -> cells.get(key) == null ? "" : cells.get(key).shown()).toList();
  }

  private static String json(List<String> head, Map<String, Value> cells) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (String key : head) {
      Value value = cells.get(key);
      if (value != null) {
        object.put(key, value.number() == null ? value.text() : value.number());
      }
    }
    return Json.line(object) + "\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
