package dev.almanac.pipelines.work.source;

import dev.almanac.pipelines.config.Duplicates;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.reuse.SameContent;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StorageException;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The files that paths and patterns name, each once, sorted by path, and what they name beside.
 *
 * @param leftOut what matches and is not read, with the reason
 * @param beside what a person should know of files that do not match
 */
public record SourceFiles(
    List<StoredFile> files, Map<String, String> leftOut, List<Notice> beside) {
  public SourceFiles {
    files = List.copyOf(files);
    beside = List.copyOf(beside);
  }

  /**
   * Finds the files.
   *
   * @param duplicates what is made of files that hold the same content, where that must be known
   *     before they are read
   * @param key the config's key or the option that named them, for messages
   * @throws RequestException naming everything that matches and cannot be read, and every pattern
   *     that matches nothing
   */
  public static SourceFiles find(List<String> patterns, Duplicates duplicates, String key)
      throws IOException, RequestException {
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
      } catch (StorageException e) {
        throw e; // No other pattern would do.
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
        lines.add("... and %s more".formatted(problems.size() - lines.size()));
      }
      throw new RequestException(lines);
    }
    SourceFiles files = new SourceFiles(all.files(), all.leftOut(), beside(all, key));
    return duplicates == Duplicates.WARN ? files : files.withoutDuplicates(duplicates);
  }

  private SourceFiles withoutDuplicates(Duplicates duplicates)
      throws IOException, RequestException {
    Map<String, String> same = SameContent.among(files);
    if (duplicates == Duplicates.REFUSE && !same.isEmpty()) {
      throw new RequestException(
          "Cannot read the source: %s the same content as another one (%s); keep one of each, or set source.duplicates to skip or warn"
              .formatted(
                  Count.of(same.size(), "file holds", "files hold"),
                  Names.listed(
                      same.entrySet().stream()
                          .map(pair -> "%s = %s".formatted(pair.getKey(), pair.getValue()))
                          .toList())));
    }
    Map<String, String> out = new TreeMap<>(leftOut);
    same.forEach((path, first) -> out.put(path, "the same content as " + first));
    return new SourceFiles(
        files.stream().filter(file -> !same.containsKey(file.path())).toList(), out, beside);
  }

  private static List<Notice> beside(Matches all, String key) {
    int count = all.otherCase().size();
    if (count == 0) {
      return List.of();
    }
    return List.of(
        new Notice(
            Notice.Kind.HINT,
            key,
            count,
            "%s from what matches only in upper and lower case and %s not read; where that is data, name it in %s too ([cC] takes either)"
                .formatted(
                    Count.of(count, "file differs", "files differ"),
                    count == 1 ? "is" : "are",
                    key),
            all.otherCase().subList(0, Math.min(Notice.MAX_PLACES, count))));
  }

  private static String butLeftOut(Matches matches) {
    if (matches.leftOut().isEmpty()) {
      return matches.otherCase().isEmpty()
          ? ""
          : " (%s only in upper and lower case, such as %s)"
              .formatted(
                  Count.of(matches.otherCase().size(), "file differs", "files differ"),
                  Printable.line(matches.otherCase().get(0)));
    }
    Map.Entry<String, String> first = matches.leftOut().entrySet().iterator().next();
    return " that is data (%s left out, such as %s: %s; name one in full to read it)"
        .formatted(matches.leftOut().size(), Printable.line(first.getKey()), first.getValue());
  }

  /** So many of them at most, spread evenly over all. */
  public static <T> List<T> spread(List<T> all, int most) {
    int taken = Math.min(most, all.size());
    return IntStream.range(0, taken)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / taken)))
        .toList();
  }

  /**
   * The format of the files.
   *
   * @param key the config's key or the option that named them, for messages
   * @throws RequestException when they are of several
   */
  public static SourceFormat format(List<StoredFile> files, String key)
      throws IOException, RequestException {
    try {
      return SourceFormat.of(files);
    } catch (RefusedException several) {
      throw new RequestException(
          "%s; name those of one in %s".formatted(several.getMessage(), key));
    }
  }
}
