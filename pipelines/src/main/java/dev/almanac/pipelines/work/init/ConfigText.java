package dev.almanac.pipelines.work.init;

import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.storage.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the sections of a drafted config. Not thread-safe. */
final class ConfigText {
  private static final int MOST_REMARKS = 40;
  private static final int SMALL = 20_000;
  private static final int YEAR = 366;

  private final DraftConfig request;
  private final SourceSurvey survey;
  private final ColumnChoice choice;
  private final List<String> notes;
  private final List<String> open = new ArrayList<>();
  private final ConfigDraft draft = new ConfigDraft();

  /**
   * @param notes takes what a person should know
   */
  ConfigText(DraftConfig request, SourceSurvey survey, ColumnChoice choice, List<String> notes) {
    this.request = request;
    this.survey = survey;
    this.choice = choice;
    this.notes = notes;
  }

  /** What a person must fill in, once the text is written. */
  List<String> open() {
    return open;
  }

  /**
   * The whole text.
   *
   * @param files all that match; {@code read} those of them that the config names
   * @param sentinels by column
   */
  String text(
      List<StoredFile> files,
      List<StoredFile> read,
      DialectGuess dialect,
      Map<String, DialectGuess.Setting> settings,
      Map<String, Sentinel> sentinels) {
    draft.comment(
        "",
        "Drafted by `almanac init` from %s of %s: %s."
            .formatted(
                Count.of(survey.rows(), "row"),
                Count.of(files.size(), "file"),
                survey.bytes() >= survey.allBytes()
                    ? "all of them"
                    : String.format(
                        Locale.ROOT,
                        "a part, %.1f %% of the bytes",
                        100.0 * survey.bytes() / survey.allBytes())));
    draft.comment("", "What follows a # is a remark or a suggestion; correct what is not so.");
    draft.line("name: " + ConfigDraft.scalar(request.name()));
    source(files, read, dialect, settings, sentinels);
    rejects();
    columns();
    features();
    split();
    fit();
    draft.line("output: {dataset: %s}".formatted(ConfigDraft.scalar("out/" + request.name())));
    train();
    return draft.toString();
  }

  private void source(
      List<StoredFile> files,
      List<StoredFile> read,
      DialectGuess dialect,
      Map<String, DialectGuess.Setting> settings,
      Map<String, Sentinel> sentinels) {
    draft.line("source:");
    draft.list(
        "  files",
        dialect.odd().isEmpty() ? request.files() : read.stream().map(StoredFile::path).toList());
    dialect
        .odd()
        .forEach(
            (file, sign) -> {
              draft.comment("  ", "Not read: %s (%s)".formatted(file, sign));
              notes.add("not read: %s (%s)".formatted(file, sign));
            });
    settings.forEach(
        (key, setting) -> {
          draft.line("  %s: %s".formatted(key, setting.value()), setting.reason());
          notes.add("source.%s: %s, since %s".formatted(key, setting.value(), setting.reason()));
        });
    if (!sentinels.isEmpty()) {
      draft.comment("  ", "Numbers far from the others that seem to mean a missing one:");
      draft.line("  null-values:");
      sentinels.forEach(
          (column, sentinel) -> {
            draft.line(
                "    %s: [\"%s\"]".formatted(ConfigDraft.scalar(column), sentinel.text()),
                Count.of(sentinel.count(), "cell"));
            notes.add(
                "column %s: %s in %s is taken as missing"
                    .formatted(column, sentinel.text(), Count.of(sentinel.count(), "cell")));
          });
    }
  }

  /** Rows that cannot be read are for a person to look at: nothing allows them by itself. */
  private void rejects() {
    if (survey.rejected() > 0) {
      draft.comment(
          "",
          "%s of those looked at cannot be read as they are: prepare names them. To go on without them, counted and kept apart:"
              .formatted(Count.of(survey.rejected(), "row")));
      draft.line("# rejects: {max-rows: %s}".formatted(survey.rejected()));
      notes.add(
          "%s cannot be read as they are; prepare names them"
              .formatted(Count.of(survey.rejected(), "row")));
    }
  }

  private void columns() {
    draft.line("columns:");
    draft.line(
        "  label: " + ConfigDraft.scalar(choice.label()),
        request.label() == null ? "a guess; name another with --label" : null);
    if (choice.task() == LabelKind.MULTICLASS
        && ColumnChoice.hasManyClasses(survey.profile(choice.label()))) {
      draft.comment(
          "  ",
          "The label has %s texts: hardly classes; name another column with --label."
              .formatted(survey.profile(choice.label()).distinct()));
    }
    if (choice.numeric().isEmpty() && choice.nominal().isEmpty() && choice.date() == null) {
      open.add("columns.numeric: no column is left to learn from");
    }
    draft.list("  numeric", choice.numeric());
    draft.list("  nominal", choice.nominal());
    draft.list("  keep", choice.keep());
    draft.remarks("  ", "Look at:", choice.unsure(), MOST_REMARKS);
    draft.remarks("  ", "Left out:", choice.leftOut(), MOST_REMARKS);
    choice
        .leftOut()
        .forEach(
            (column, reason) -> {
              if (reason.contains(choice.label())) {
                notes.add("left out %s: %s".formatted(column, reason));
              }
            });
  }

  private void features() {
    List<String> dated = new ArrayList<>();
    if (choice.date() != null) {
      ColumnProfile days = survey.profile(choice.date());
      if (days.days().lastKey() - days.days().firstKey() >= YEAR) {
        dated.addAll(List.of("day-of-year-sin", "day-of-year-cos"));
      }
    }
    boolean noaa = choice.flags().containsKey("_ATTRIBUTES");
    if (dated.isEmpty() && !noaa) {
      draft.line("features: []");
    } else {
      draft.line("features:");
    }
    choice
        .flags()
        .forEach(
            (ending, columns) -> {
              boolean known = ending.equals("_ATTRIBUTES");
              draft.comment(
                  "  ",
                  known
                      ? "NOAA's flags beside a value: measurement, quality, source. A quality flag says that it failed a check."
                      : "Where what stands in *%s says that a value is bad, this makes it missing:"
                          .formatted(ending));
              String step =
                  "- null-if-flagged: {columns: [%s], flags: \"{}%s\", part: %s}"
                      .formatted(
                          String.join(", ", columns.stream().map(ConfigDraft::scalar).toList()),
                          ending,
                          known ? 2 : 1);
              draft.line(known ? "  " + step : "  # " + step);
              notes.add(
                  known
                      ? "values with a quality flag in *%s become missing".formatted(ending)
                      : "flags in *%s are suggested as a comment".formatted(ending));
            });
    if (!dated.isEmpty()) {
      draft.line(
          "  - date-parts: {column: %s, parts: [%s]}"
              .formatted(ConfigDraft.scalar(choice.date()), String.join(", ", dated)));
    }
  }

  private void split() {
    DateCut cut = choice.date() == null ? null : DateCut.of(survey.profile(choice.date()).days());
    if (cut == null) {
      String problem =
          choice.date() == null
              ? "no column was found that holds dates"
              : "column %s has fewer than 3 days".formatted(choice.date());
      open.add("split: " + problem);
      draft.comment("", "To be filled in, since %s:".formatted(problem));
      draft.line(
          "# split: {column: DATE, train: {until: 2013-01-01}, validation: {from: 2013-01-01, until: 2015-01-01}, test: {from: 2015-01-01}}");
      return;
    }
    draft.line("split:");
    draft.line("  column: " + ConfigDraft.scalar(choice.date()));
    draft.line(
        "  train: {until: %s}".formatted(cut.validation()), cut.shares().get(0) + " % of the rows");
    draft.line(
        "  validation: {from: %s, until: %s}".formatted(cut.validation(), cut.test()),
        cut.shares().get(1) + " %");
    draft.line("  test: {from: %s}".formatted(cut.test()), cut.shares().get(2) + " %");
    notes.add(
        "split by %s: train until %s, test from %s"
            .formatted(choice.date(), cut.validation(), cut.test()));
  }

  private void fit() {
    boolean missing =
        choice.numeric().stream().anyMatch(name -> survey.profile(name).missing() > 0.05)
            || choice.flags().containsKey("_ATTRIBUTES");
    draft.line(
        missing
            ? "fit: {numeric: [impute-mean: {indicator: true}, standardize], nominal: [index]}"
            : "fit: {numeric: [impute-mean, standardize], nominal: [index]}");
  }

  private void train() {
    boolean small =
        survey.rows() * ((double) survey.allBytes() / Math.max(1, survey.bytes())) < SMALL;
    draft.line("train:");
    draft.line("  task: " + choice.task().text());
    draft.line(
        "  model: {family: mlp, hidden: %s, embedding: %s, dropout: 0.0}"
            .formatted(small ? "[64, 32]" : "[256, 128, 64]", small ? 4 : 8));
    draft.line("  batch-size: %s".formatted(small ? 128 : 1024));
    draft.line("  epochs: %s".formatted(small ? 30 : 20));
    draft.line("  optimizer: {name: adamw, learning-rate: 0.002, schedule: one-cycle}");
    draft.line("  runs: runs");
    draft.comment("", "Tried by `almanac search`, and by `run` when it is there:");
    draft.line("# search:");
    draft.line("#   sampler: random");
    draft.line("#   trials: 10");
    draft.line(
        "#   metric: %s"
            .formatted(choice.task().isClasses() ? "validation.log-loss" : "validation.mae"));
    draft.line("#   goal: minimize");
    draft.line("#   space:");
    draft.line("#     train.optimizer.learning-rate: {log-uniform: [0.0003, 0.01]}");
    draft.line("#     train.model.hidden: {choice: [[64, 32], [128, 64], [256, 128, 64]]}");
  }
}
