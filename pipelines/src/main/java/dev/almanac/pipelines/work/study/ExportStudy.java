package dev.almanac.pipelines.work.study;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Csv;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A study's trials for other programs, by number.
 *
 * @param study its name, the beginning of it, or its folder; null for the only one there is
 */
public record ExportStudy(StudyFolders folders, String study, Format format)
    implements Work<ExportStudy.Exported> {
  private static final List<String> COLUMNS =
      List.of(
          "number", "state", "value", "origin", "epochs", "seconds", "run-id", "reason", "reports");

  /** What the lines are. */
  public enum Format {
    /** A head and a line a trial; a column a parameter, by its path. RFC 4180, ends of Unix. */
    CSV,
    /** A line a trial, as {@code trials.jsonl} has its last. */
    JSONL
  }

  /**
   * The trials.
   *
   * @param text lines with their ends
   * @param damage a sentence for each line of the study that cannot be read
   */
  public record Exported(StudyRecord study, int trials, String text, List<String> damage) {}

  @Override
  public Exported run(Watch watch) throws IOException {
    StudyRecord found = StudyRecord.read(folders.find(study));
    String text =
        format == Format.CSV
            ? csv(found)
            : found.trials().stream().map(t -> Json.line(t) + "\n").collect(Collectors.joining());
    return new Exported(found, found.trials().size(), text, found.damage());
  }

  private static String csv(StudyRecord study) {
    List<Trial> trials = study.trials();
    Set<String> paths = new LinkedHashSet<>();
    trials.forEach(trial -> paths.addAll(trial.assignment().keySet()));
    List<String> head = new ArrayList<>(COLUMNS);
    head.replaceAll(name -> name.equals(Resource.EPOCHS.text()) ? study.resource().text() : name);
    head.addAll(paths);
    StringBuilder text = new StringBuilder(Csv.line(head));
    for (Trial trial : trials) {
      List<String> cells = new ArrayList<>();
      cells.add(Integer.toString(trial.number()));
      cells.add(trial.state().text());
      cells.add(text(trial.value()));
      cells.add(trial.origin());
      cells.add(trial.reports().isEmpty() ? "" : text(trial.reached()));
      cells.add(text(trial.seconds()));
      cells.add(text(trial.runId()));
      cells.add(text(trial.reason()));
      cells.add(trial.reports().isEmpty() ? "" : Json.line(trial.reports()));
      for (String path : paths) {
        JsonNode value = trial.assignment().get(path);
        cells.add(value == null ? "" : value.isTextual() ? value.textValue() : Json.line(value));
      }
      text.append(Csv.line(cells));
    }
    return text.toString();
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
