package dev.almanac.pipelines.work.study;

import dev.almanac.pipelines.report.page.StudyPage;
import dev.almanac.pipelines.report.page.StudyView;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.importance.Importances;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** The page of a study and the files of its folder that only the page needs. */
final class StudyPages {
  private static final String SEGMENTS = "segments.jsonl";
  private static final String WINNER = "winner.json";

  private StudyPages() {}

  /** Writes the page of what is there; returns its path. */
  static String write(StudyRecord study, Importances importances, boolean going)
      throws IOException {
    String path = Storage.resolve(study.folder(), StudyPage.FILE);
    StudyWinner winner = winner(study.folder());
    // While it goes on, what an earlier search chose may be beaten.
    boolean isKnown = !going && winner != null && winner.trial() < study.trials().size();
    Storage.writeText(
        path,
        StudyPage.text(
            new StudyView(
                study,
                importances,
                segments(study.folder()).stream().map(TrialSegment::drawn).toList(),
                isKnown ? winner.drawn() : null,
                confirmed(study, isKnown ? winner : null),
                going,
                winner == null ? null : winner.config())));
    return path;
  }

  /**
   * The best trials with fresh seeds: those that were chosen from, or as far as they have come.
   *
   * @param winner null while there is none
   */
  private static List<StudyView.Confirmed> confirmed(StudyRecord study, StudyWinner winner)
      throws IOException {
    return winner != null
        ? winner.confirmed().stream()
            .map(each -> new StudyView.Confirmed(each.trial(), each.spread()))
            .toList()
        : Confirmed.of(study).stream()
            .map(each -> new StudyView.Confirmed(each.trial().number(), each.spread()))
            .toList();
  }

  /** What was kept of who trained what; lines that cannot be read are left out. */
  static List<TrialSegment> segments(String folder) throws IOException {
    String path = Storage.resolve(folder, SEGMENTS);
    return Storage.exists(path)
        ? JsonLines.of(Storage.readText(path), TrialSegment.class, path).values()
        : List.of();
  }

  static void keep(String folder, List<TrialSegment> segments) throws IOException {
    Storage.writeText(
        Storage.resolve(folder, SEGMENTS),
        segments.stream().map(segment -> Json.line(segment) + "\n").collect(Collectors.joining()));
  }

  static void keep(String folder, StudyWinner winner) throws IOException {
    Storage.writeText(Storage.resolve(folder, WINNER), Json.pretty(winner));
  }

  /** Null when there is none, or it cannot be read. */
  private static StudyWinner winner(String folder) throws IOException {
    String path = Storage.resolve(folder, WINNER);
    if (!Storage.exists(path)) {
      return null;
    }
    try {
      return Json.read(Storage.readText(path), StudyWinner.class, path);
    } catch (IOException damaged) {
      return null;
    }
  }
}
