package dev.almanac.transforms.source;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A way in which files hold rows. Another one is a file of this kind, its place in the list here,
 * and the files that its contract test reads.
 */
public sealed interface SourceFormat permits ParquetSource, CsvSource {
  /** All of them; a file is of the first that takes it. */
  static List<SourceFormat> all() {
    return List.of(new ParquetSource(), new CsvSource());
  }

  /** The format of a file, whatever its name. */
  static SourceFormat of(String file) throws IOException {
    for (SourceFormat format : all()) {
      if (format.takes(file)) {
        return format;
      }
    }
    throw new IllegalStateException("Cannot read %s: no format takes it".formatted(file));
  }

  /**
   * The format of files that are read together.
   *
   * @throws RefusedException when they are of several, naming some of each
   */
  static SourceFormat of(List<StoredFile> files) throws IOException {
    Map<String, List<String>> byName = new TreeMap<>();
    SourceFormat found = new CsvSource();
    for (StoredFile file : files) {
      found = of(file.path());
      byName.computeIfAbsent(found.text(), name -> new ArrayList<>()).add(file.path());
    }
    if (byName.size() > 1) {
      throw new RefusedException(
          "Cannot read the source: its files must be of one format (%s)"
              .formatted(
                  String.join(
                      "; ",
                      byName.entrySet().stream()
                          .map(
                              each ->
                                  "%s are %s: %s"
                                      .formatted(
                                          each.getValue().size(),
                                          each.getKey(),
                                          Names.listed(each.getValue())))
                          .toList())));
    }
    return found;
  }

  /** Its name, for messages. */
  String text();

  /** Whether a file is of this format: by its first bytes. */
  boolean takes(String file) throws IOException;

  /**
   * Opens a range of a file.
   *
   * @param wanted the columns of the batches, in their order
   * @param reading how text is read; of binary formats, which values mean missing
   * @param rejects is given each rejected row, in the order of the file
   */
  SourceRows open(
      WatchedFile file,
      SourceRange range,
      List<SourceColumn> wanted,
      CsvFormat reading,
      Consumer<Reject> rejects)
      throws IOException;

  /** Whether rows can be found from the middle of a file on. */
  boolean isSplittable(StoredFile file, CsvFormat reading) throws IOException;

  /** Whether the stored bytes are the content itself, and not packed. */
  boolean isPlain(StoredFile file) throws IOException;

  /** Whether files say what their columns are; else every cell must be looked at. */
  boolean bringsSchema();

  /**
   * The columns of files, the types of which are what is in them and what is asked for. Reads every
   * cell here, in this process, where files do not say what their columns are; {@code InferSchema}
   * does so on an engine.
   */
  SourceSchema schema(List<StoredFile> files, CsvFormat reading, ColumnRoles roles)
      throws IOException;
}
