package dev.almanac.pipelines.work.init;

import dev.almanac.pipelines.config.Duplicates;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.source.SourceFiles;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Goes from files to the text of their config, see {@link DraftConfig}. Not thread-safe. */
final class Drafting {
  /** What a person calls the files, for messages. */
  private static final String ARGUMENT = "FILES";

  private final DraftConfig request;
  private final Watch watch;
  private final List<String> notes = new ArrayList<>();

  Drafting(DraftConfig request, Watch watch) {
    this.request = request;
    this.watch = watch;
  }

  DraftedConfig draft() throws IOException, RequestException {
    List<StoredFile> files = SourceFiles.find(request.files(), Duplicates.WARN, ARGUMENT).files();
    List<StoredFile> some = SourceSurvey.some(files);
    boolean bringsSchema = SourceFiles.format(some, ARGUMENT).bringsSchema();
    DialectGuess dialect = bringsSchema ? DialectGuess.NONE : DialectGuess.of(some);
    List<StoredFile> read =
        files.stream().filter(file -> !dialect.odd().containsKey(file.path())).toList();
    Map<String, DialectGuess.Setting> settings = new LinkedHashMap<>(dialect.settings());
    CsvFormat format = dialect.format();
    SourceSurvey survey = SourceSurvey.of(read, format, watch);
    Set<String> words = new TreeSet<>(bringsSchema ? Set.of() : survey.nullWords(format));
    words.removeAll(format.nulls());
    if (!words.isEmpty()) {
      List<String> nulls = new ArrayList<>(format.nulls());
      nulls.addAll(words);
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
