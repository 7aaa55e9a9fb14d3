package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.Figures;
import dev.almanac.pipelines.work.runs.RunChoice;
import dev.almanac.pipelines.work.runs.RunChoices;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunListing;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@picocli.CommandLine.Command(
    name = "list",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "List the runs in train.runs, the oldest first.")
final class RunsListCommand extends Command {
  RunsListCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    RunChoices choices = RunChoices.of(config);
    StringBuilder reasons = new StringBuilder();
    String pinned = chosen(choices::pinned, reasons);
    String reported = chosen(choices::reported, reasons);
    Table table = new Table("", "run", "group", "status", "model", "dataset", "validation", "test");
    List<Map<String, Object>> runs = new ArrayList<>();
    RunListing listing = new RunStore(config.runs()).listing();
    for (Run run : listing.runs()) {
      RunRecord record = run.record();
      String mark = mark(run, pinned, reported);
      table.row(
          mark,
          record.runId(),
          group(record.group()),
          record.status().text(),
          record.train().model().family(),
          record.dataset().path(),
          first(record.metrics().get("validation")),
          first(record.metrics().get("test")));
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("run-id", record.runId());
      if (!mark.isEmpty()) {
        line.put("stands", mark);
      }
      line.put("group", record.group());
      line.put("status", record.status().text());
      line.put("reason", record.reason());
      line.put("created", record.created());
      line.put("dataset", record.dataset().path());
      line.put("metrics", record.metrics());
      runs.add(line);
    }
    for (RunListing.Unreadable run : listing.unreadable()) {
      table.row("", Storage.name(run.folder()), "", "unreadable", "", "", "", "");
      reasons.append('\n').append(run.reason()).append('\n');
    }
    return Result.of(table.text() + reasons)
        .with("folder", config.runs())
        .with("runs", runs)
        .with("unreadable", listing.unreadable());
  }

  private interface Choice {
    Optional<RunChoice> read() throws IOException;
  }

  /** The run of a choice; none when it cannot be read, which is told. */
  private static String chosen(Choice choice, StringBuilder reasons) {
    try {
      return choice.read().map(RunChoice::run).orElse("");
    } catch (IOException unreadable) {
      reasons.append('\n').append(unreadable.getMessage()).append('\n');
      return "";
    }
  }

  /** Whether the run is the one that commands take which are given none. */
  private static String mark(Run run, String pinned, String reported) {
    List<String> names = List.of(run.record().runId(), run.folder());
    return names.contains(pinned) ? "pinned" : names.contains(reported) ? "last" : "";
  }

  private static String group(RunSeries.Group group) {
    return group == null ? "" : "%s %s/%s".formatted(group.id(), group.number(), group.size());
  }

  /** The metric that a person looks at first. */
  private static String first(Map<String, Double> metrics) {
    return metrics == null || metrics.isEmpty()
        ? ""
        : metrics.entrySet().stream()
            .map(metric -> metric.getKey() + " " + Figures.number(metric.getValue()))
            .findFirst()
            .orElseThrow();
  }
}
