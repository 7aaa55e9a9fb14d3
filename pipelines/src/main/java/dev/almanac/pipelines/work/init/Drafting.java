package dev.almanac.pipelines.work.init;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Goes from files to the text of their config, see {@link DraftConfig}. Not thread-safe. */
final class Drafting {
  private final DraftConfig request;
  private final Watch watch;
  private final List<String> notes = new ArrayList<>();

  Drafting(DraftConfig request, Watch watch) {
    this.request = request;
    this.watch = watch;
  }

  DraftedConfig draft() throws IOException, RequestException {
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
    SourceSurvey survey = SourceSurvey.of(read, format, watch);
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
      survey = SourceSurvey.of(read, format, watch);
    }
    ColumnChoice choice = ColumnChoice.of(survey, request.label(), request.date());
    Map<String, Sentinel> sentinels = sentinels(survey, choice);
    if (request.label() == null) {
      notes.add("label: %s, which is a guess; name another with --label".formatted(choice.label()));
    }
    ConfigText config = new ConfigText(request, survey, choice, notes);
    String text = config.text(files, read, dialect, settings, sentinels);
    return new DraftedConfig(
        text, choice.label(), request.label() == null, choice.date(), config.open(), notes);
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
}
