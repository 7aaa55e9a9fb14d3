package dev.almanac.pipelines.work.init;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * Drafts the config of source files: how they are written, which columns mean what, where their
 * dates split them, what to train. What was unsure stands as a comment.
 *
 * <p>Nothing is written, and nothing of the files but some of their rows is read, see {@link
 * SourceSurvey}.
 *
 * @param files paths and patterns of source files, as they will stand in the config: relative to
 *     its folder, or absolute
 * @param name of the dataset and its runs
 * @param label the column to learn; null to guess it
 * @param date the column to split by; null to choose it
 */
public record DraftConfig(List<String> files, String name, String label, String date)
    implements Work<DraftedConfig> {
  private static final String FALLBACK = "almanac";

  public DraftConfig {
    files = List.copyOf(files);
  }

  /**
   * A request for files as a person names them from the working folder.
   *
   * @param config where the config will be
   */
  public static DraftConfig of(List<String> files, String config, String label, String date) {
    boolean here = !config.contains("/") && !config.contains("\\");
    return new DraftConfig(
        files.stream()
            .map(file -> here || file.contains("://") ? file : Storage.absolute(file))
            .toList(),
        stem(config),
        label,
        date);
  }

  /**
   * Drafts it.
   *
   * @throws RequestException when nothing matches, or a named column is not there or does not suit
   */
  @Override
  public DraftedConfig run(Watch watch) throws IOException, RequestException {
    return new Drafting(this, watch).draft();
  }

  /** A name for what some files hold: of the one file, else of the folder of the first. */
  public static String nameOf(List<String> files) {
    String first = files.get(0).replace('\\', '/').replaceAll("/+$", "");
    String name = stem(first);
    if (files.size() > 1 || name.matches(".*[*?\\[{].*") || name.isBlank()) {
      String above = first.replaceAll("/?[^/]*$", "");
      while (above.matches("(.*/)?[^/]*[*?\\[{][^/]*")) {
        above = above.replaceAll("/?[^/]*$", "");
      }
      name = stem(above);
    }
    String plain = name.replaceAll("[^\\p{L}\\p{N}_.-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
    return plain.isEmpty() ? FALLBACK : plain;
  }

  private static String stem(String path) {
    String name = Storage.name(path.replace('\\', '/'));
    int dot = name.indexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
