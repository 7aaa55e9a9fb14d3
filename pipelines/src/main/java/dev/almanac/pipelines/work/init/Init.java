package dev.almanac.pipelines.work.init;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Drafts the config of source files: how they are written, which columns mean what, where their
 * dates split them, what to train. What was unsure stands as a comment.
 *
 * <p>Nothing is written, and nothing of the files but some of their rows is read, see {@link
 * SourceSurvey}.
 */
public final class Init {
  private static final int MOST_REMARKS = 40;
  private static final int SMALL = 20_000;
  private static final int YEAR = 366;

  private final InitRequest request;
  private final List<String> notes = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  private Init(InitRequest request) {
    this.request = request;
  }

  /**
   * Drafts a config.
   *
   * @param progress is told what is being read
   * @throws RequestException when the request is wrong: nothing matches, or a named column is not
   *     there or does not suit
   * @throws IOException when files cannot be read
   */
  public static InitResult draft(InitRequest request, Consumer<String> progress)
      throws IOException, RequestException {
    return new Init(request).draft(progress);
  }

  private InitResult draft(Consumer<String> progress) throws IOException, RequestException {
    List<StoredFile> files = files();
    boolean parquet = areParquet(files);
    DialectGuess dialect =
        parquet
            ? new DialectGuess(Map.of(), CsvFormat.standard(), Map.of())
            : DialectGuess.of(SourceSurvey.spread(files));
    List<StoredFile> read =
        files.stream().filter(file -> !dialect.odd().containsKey(file.path())).toList();
    Map<String, DialectGuess.Setting> settings = new LinkedHashMap<>(dialect.settings());
    CsvFormat format = dialect.format();
    SourceSurvey survey = SourceSurvey.of(read, format, progress);
    Map<String, Long> words = new TreeMap<>(parquet ? Map.of() : survey.nullWords(format));
    format.nulls().forEach(words::remove);
    if (!words.isEmpty()) {
      List<String> nulls = new ArrayList<>(format.nulls());
      nulls.addAll(words.keySet());
      settings.put(
          "nulls",
          new DialectGuess.Setting(
              "[%s]".formatted(String.join(", ", nulls.stream().map(ConfigDraft::scalar).toList())),
              "texts between numbers that seem to mean a missing one"));
      format = DialectGuess.format(settings);
      survey = SourceSurvey.of(read, format, progress);
    }
    ColumnChoice choice = ColumnChoice.of(survey, request.label(), request.date());
    Map<String, Sentinel> sentinels = sentinels(survey, choice);
    if (request.label() == null) {
      notes.add("label: %s, which is a guess; name another with --label".formatted(choice.label()));
    }
    String text = text(files, read, dialect, settings, survey, choice, sentinels);
    return new InitResult(
        text, choice.label(), request.label() == null, choice.date(), open, notes);
  }

  private List<StoredFile> files() throws IOException, RequestException {
    List<Matches> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String pattern : request.files()) {
      Matches matches = Matches.of(pattern);
      found.add(matches);
      if (matches.files().isEmpty()) {
        problems.add("Cannot look at files: %s matches none".formatted(pattern));
      }
    }
    Matches all = Matches.all(found);
    problems.addAll(all.problems());
    if (!problems.isEmpty()) {
      throw new RequestException(problems);
    }
    return all.files();
  }

  private static boolean areParquet(List<StoredFile> files) throws IOException, RequestException {
    try {
      return SourceFormat.of(SourceSurvey.spread(files)).bringsSchema();
    } catch (RefusedException several) {
      throw new RequestException("%s; name those of one".formatted(several.getMessage()));
    }
  }

  private static Map<String, Sentinel> sentinels(SourceSurvey survey, ColumnChoice choice) {
    Map<String, Sentinel> sentinels = new LinkedHashMap<>();
    for (ColumnProfile profile : survey.profiles()) {
      if (profile.name().equals(choice.label()) || choice.numeric().contains(profile.name())) {
        Optional<Sentinel> found = Sentinel.of(profile);
        found.ifPresent(sentinel -> sentinels.put(profile.name(), sentinel));
      }
    }
    return sentinels;
  }

  private String text(
      List<StoredFile> files,
      List<StoredFile> read,
      DialectGuess dialect,
      Map<String, DialectGuess.Setting> settings,
      SourceSurvey survey,
      ColumnChoice choice,
      Map<String, Sentinel> sentinels) {
    ConfigDraft draft = new ConfigDraft();
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
    source(draft, files, read, dialect, settings, sentinels);
    columns(draft, survey, choice);
    features(draft, survey, choice);
    split(draft, survey, choice);
    fit(draft, survey, choice);
    draft.line("output: {dataset: %s}".formatted(ConfigDraft.scalar("out/" + request.name())));
    train(draft, survey, choice);
    return draft.toString();
  }

  private void source(
      ConfigDraft draft,
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

  private void columns(ConfigDraft draft, SourceSurvey survey, ColumnChoice choice) {
    draft.line("columns:");
    draft.line(
        "  label: " + ConfigDraft.scalar(choice.label()),
        request.label() == null ? "a guess; name another with --label" : null);
    if (choice.task().equals("multiclass")
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

  private void features(ConfigDraft draft, SourceSurvey survey, ColumnChoice choice) {
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

  private void split(ConfigDraft draft, SourceSurvey survey, ColumnChoice choice) {
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

  private static void fit(ConfigDraft draft, SourceSurvey survey, ColumnChoice choice) {
    boolean missing =
        choice.numeric().stream().anyMatch(name -> survey.profile(name).missing() > 0.05)
            || choice.flags().containsKey("_ATTRIBUTES");
    draft.line(
        missing
            ? "fit: {numeric: [impute-mean: {indicator: true}, standardize], nominal: [index]}"
            : "fit: {numeric: [impute-mean, standardize], nominal: [index]}");
  }

  private static void train(ConfigDraft draft, SourceSurvey survey, ColumnChoice choice) {
    boolean small =
        survey.rows() * ((double) survey.allBytes() / Math.max(1, survey.bytes())) < SMALL;
    boolean number = choice.task().equals("regression");
    draft.line("train:");
    draft.line("  task: " + choice.task());
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
    draft.line("#   metric: %s".formatted(number ? "validation.mae" : "validation.log-loss"));
    draft.line("#   goal: minimize");
    draft.line("#   space:");
    draft.line("#     train.optimizer.learning-rate: {log-uniform: [0.0003, 0.01]}");
    draft.line("#     train.model.hidden: {choice: [[64, 32], [128, 64], [256, 128, 64]]}");
  }
}
