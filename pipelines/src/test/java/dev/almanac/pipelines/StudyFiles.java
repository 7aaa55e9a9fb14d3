package dev.almanac.pipelines;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.space.SearchSpace;
import dev.almanac.training.search.space.SearchSpaceReader;
import dev.almanac.training.search.trial.Draw;
import dev.almanac.training.search.trial.Report;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Folders of studies as a search leaves them, with names that would like to be markup. */
public record StudyFiles(Path folder) {
  public static final String HOSTILE = "</script><img src=x onerror=\"alert('&')\">";

  private static final String SPACE =
      Json.line(
          Map.of(
              "train.model.family", Map.of("choice", List.of("mlp", "resnet", HOSTILE)),
              "train.optimizer.learning-rate", Map.of("log-uniform", List.of(1e-4, 1e-1)),
              "train.model.heads",
                  Map.of("int", List.of(1, 8), "when", Map.of("train.model.family", HOSTILE)),
              "train.model.hidden", Map.of("choice", List.of(List.of(64, 64), List.of(512)))));

  /** Lines of a space in an order in which conditions stand below what they name. */
  private static String ordered() throws IOException {
    JsonNode space = Json.tree(SPACE, "space");
    List<String> paths =
        List.of(
            "train.model.family",
            "train.optimizer.learning-rate",
            "train.model.heads",
            "train.model.hidden");
    return paths.stream()
        .map(path -> "%s: %s".formatted(Json.line(path), Json.line(space.get(path))))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static SearchSpace space() throws IOException {
    return SearchSpaceReader.read(Json.tree(ordered(), "space"), new Problems());
  }

  /** Writes a study of so many trials, of all states but cancelled. */
  public StudyFiles write(String name, int count, String goal) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("study.json"),
        """
        {"format-version": 2, "hash": "h", "study": {"name": %s, "sampler": "random", "seed": 42,
         "metric": "validation.mae", "goal": "%s", "space": %s, "base": "b"}}
        """
            .formatted(Json.line(name), goal, ordered()));
    Files.writeString(
        folder.resolve("trials.jsonl"),
        trials(count).stream().map(t -> Json.line(t) + "\n").collect(Collectors.joining()));
    return this;
  }

  /** Finished, but each fourth pruned, each tenth failed and the last but one paused. */
  public static List<Trial> trials(int count) throws IOException {
    List<Trial> trials = new ArrayList<>();
    SearchSpace space = space();
    for (int i = 0; i < count; i++) {
      int number = i;
      Map<String, JsonNode> at = space.assign(p -> p.domain().at(Draw.place(7, number, p.path())));
      double rate = Math.log10(at.get("train.optimizer.learning-rate").doubleValue());
      Trial.State state =
          i % 10 == 9
              ? Trial.State.FAILED
              : i % 4 == 3
                  ? Trial.State.PRUNED
                  : i == count - 2 && i > 0 ? Trial.State.PAUSED : Trial.State.FINISHED;
      int epochs = state == Trial.State.FINISHED ? 9 : 3;
      double value = 20 + (rate + 2.5) * (rate + 2.5);
      List<Report> reports =
          IntStream.rangeClosed(1, epochs)
              .mapToObj(epoch -> new Report(epoch, value + 9.0 / epoch - 1))
              .toList();
      boolean isFailed = state == Trial.State.FAILED;
      trials.add(
          new Trial(
              i,
              "random",
              at,
              state,
              isFailed ? null : reports.get(epochs - 1).value(),
              isFailed ? List.of() : reports,
              "run-" + i,
              1.5 * epochs,
              isFailed ? "Cannot train: " + HOSTILE : null));
    }
    return trials;
  }
}
