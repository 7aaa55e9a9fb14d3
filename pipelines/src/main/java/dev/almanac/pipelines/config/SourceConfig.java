package dev.almanac.pipelines.config;

import dev.almanac.transforms.csv.CsvFormat;
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
    CsvFormat standard = CsvFormat.standard();
    List<String> nulls = section.texts("nulls", standard.nulls());
    char delimiter = mark(section, "delimiter", standard.delimiter());
    char quote = mark(section, "quote", standard.quote());
    String encoding = section.text("encoding", standard.charset());
    int rowBytes = section.integer("max-row-bytes", standard.maxRowBytes(), 1, Integer.MAX_VALUE);
    String duplicates = section.word("duplicates", Duplicates.WORDS.get(0), Duplicates.WORDS);
    section.close();
    try {
      return new SourceConfig(
          files.stream().map(paths::resolvePattern).toList(),
          standard
              .with()
              .delimiter(delimiter)
              .quote(quote)
              .charset(encoding)
              .nulls(nulls)
              .maxRowBytes(rowBytes)
              .build(),
          Duplicates.of(duplicates));
    } catch (IllegalArgumentException e) {
      section.problem("", e.getMessage());
      return null;
    }
  }

  private static char mark(Section section, String key, char otherwise) {
    String text = section.verbatim(key, String.valueOf(otherwise));
    if (text.length() != 1) {
      section.problem(key, "must be one character ('%s')".formatted(text));
      return otherwise;
    }
    return text.charAt(0);
  }
}
