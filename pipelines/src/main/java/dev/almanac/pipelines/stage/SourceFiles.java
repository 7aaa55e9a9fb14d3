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
   * Whether the files are parquet rather than CSV, by their names.
   *
   * @throws RequestException when some are and some are not
   */
  static boolean areParquet(List<StoredFile> files) throws RequestException {
    List<StoredFile> parquet =
        files.stream().filter(file -> SourceRows.isParquet(file.path())).toList();
    if (!parquet.isEmpty() && parquet.size() < files.size()) {
      throw new RequestException(
          "Cannot read the source: its files must be of one format (%d are parquet, such as %s, and %d are not)"
              .formatted(parquet.size(), parquet.get(0).path(), files.size() - parquet.size()));
    }
    return !parquet.isEmpty();
  }
}
