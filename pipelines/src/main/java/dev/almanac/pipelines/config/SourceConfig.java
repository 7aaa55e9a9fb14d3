package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.csv.format.CsvFormat;
import java.util.List;

/**
 * Where raw rows come from: the {@code source:} section.
 *
 * @param files paths and patterns of {@link dev.almanac.transforms.storage.Matches}, absolute
 * @param duplicates what is made of files that hold the same content
 */
public record SourceConfig(List<String> files, CsvFormat format, Duplicates duplicates) {
  public SourceConfig {
    files = List.copyOf(files);
  }

  static SourceConfig read(Section section, Paths paths) {
    int before = section.problems().count();
    section.require("files", "the source files, such as [\"data/*.csv\"]");
    List<String> files = section.texts("files", List.of());
    if (files.isEmpty() && section.problems().count() == before) {
      section.problem("files", "must name at least one file or glob ([])");
    }
    CsvFormat format = new SourceFormatReader(section).read();
    Duplicates duplicates =
        section.word("duplicates", Duplicates.WARN, Duplicates.values(), Duplicates::text);
    section.close();
    return format == null
        ? null
        : new SourceConfig(files.stream().map(paths::resolvePattern).toList(), format, duplicates);
  }
}
