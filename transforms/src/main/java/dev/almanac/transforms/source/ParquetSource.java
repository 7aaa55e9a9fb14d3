package dev.almanac.transforms.source;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.parquet.ParquetMagic;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Parquet: what begins so, whatever its name. */
record ParquetSource() implements SourceFormat {
  /** Names of files that nobody gives to parquet. */
  private static final Pattern TEXT = Pattern.compile(".*\\.(csv|tsv|txt|dat)(\\.\\w+)?");

  @Override
  public String text() {
    return "parquet";
  }

  /**
   * Only the name of a remote file that is one of text is believed, since looking costs a request
   * for each of thousands.
   */
  @Override
  public boolean takes(String file) throws IOException {
    boolean believed =
        file.contains("://") && !file.startsWith("file:") && TEXT.matcher(file).matches();
    return !believed && ParquetMagic.isIn(file);
  }

  @Override
  public SourceRows open(
      WatchedFile file,
      SourceRange range,
      List<SourceColumn> wanted,
      CsvFormat reading,
      Consumer<Reject> rejects)
      throws IOException {
    return new ParquetRows(range.file().path(), wanted, reading, rejects);
  }

  @Override
  public boolean isSplittable(StoredFile file, CsvFormat reading) {
    return false;
  }

  @Override
  public boolean isPlain(StoredFile file) {
    return true;
  }

  @Override
  public boolean bringsSchema() {
    return true;
  }

  @Override
  public SourceSchema schema(List<StoredFile> files, CsvFormat reading, ColumnRoles roles)
      throws IOException {
    return ParquetSchema.of(files, roles);
  }
}
