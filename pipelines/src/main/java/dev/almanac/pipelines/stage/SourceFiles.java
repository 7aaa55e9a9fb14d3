package dev.almanac.pipelines.stage;

import dev.almanac.pipelines.cli.RequestException;
import dev.almanac.transforms.dataset.SourceRows;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files that paths and patterns name, each once, sorted by path, and what they name beside.
 *
 * @param leftOut what matches and is not read, with the reason
 */
record SourceFiles(List<StoredFile> files, Map<String, String> leftOut) {
  SourceFiles {
    files = List.copyOf(files);
  }

  /**
   * Finds the files.
   *
   * @param key the config's key or the option that named them, for messages
   * @throws RequestException naming everything that matches and cannot be read, and every pattern
   *     that matches nothing
   */
  static SourceFiles find(List<String> patterns, String key) throws IOException, RequestException {
    List<Matches> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        Matches matches = Matches.of(pattern);
        found.add(matches);
        if (matches.files().isEmpty() && matches.problems().isEmpty()) {
          problems.add(
              "Cannot find source files: %s matches nothing%s; correct %s"
                  .formatted(Printable.line(pattern), butLeftOut(matches), key));
        }
      } catch (ForeseenException e) {
        problems.add("%s; correct %s".formatted(e.getMessage(), key));
      }
    }
    Matches all = Matches.all(found);
    problems.addAll(all.problems());
    if (!problems.isEmpty()) {
      List<String> lines =
          new ArrayList<>(problems.subList(0, Math.min(Names.MOST, problems.size())));
      if (lines.size() < problems.size()) {
        lines.add("... and %d more".formatted(problems.size() - lines.size()));
      }
      throw new RequestException(String.join("\n", lines));
    }
    return new SourceFiles(all.files(), all.leftOut());
  }

  private static String butLeftOut(Matches matches) {
    if (matches.leftOut().isEmpty()) {
      return "";
    }
    Map.Entry<String, String> first = matches.leftOut().entrySet().iterator().next();
    return " that is data (%d left out, such as %s: %s; name one in full to read it)"
        .formatted(matches.leftOut().size(), Printable.line(first.getKey()), first.getValue());
  }

  /**
   * Whether the files are parquet rather than CSV, by their first bytes.
   *
   * @throws RequestException when some are and some are not
   */
  static boolean areParquet(List<StoredFile> files) throws IOException, RequestException {
    List<String> parquet = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (StoredFile file : files) {
      (SourceRows.isParquet(file.path()) ? parquet : others).add(file.path());
    }
    if (!parquet.isEmpty() && !others.isEmpty()) {
      throw new RequestException(
          "Cannot read the source: its files must be of one format (%d are parquet: %s; %d are not: %s); name those of one in source.files"
              .formatted(
                  parquet.size(), Names.listed(parquet), others.size(), Names.listed(others)));
    }
    return !parquet.isEmpty();
  }
}
