package dev.almanac.transforms.source;

import dev.almanac.transforms.csv.CsvSchemaReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.stream.Decompression;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;

/** Delimited text, packed or not: what is nothing else. */
record CsvSource() implements SourceFormat {
  @Override
  public String text() {
    return "CSV";
  }

  @Override
  public boolean takes(String file) {
    return true;
  }

  @Override
  public SourceRows open(
      WatchedFile file,
      SourceRange range,
      List<SourceColumn> wanted,
      CsvFormat reading,
      Consumer<Reject> rejects)
      throws IOException {
    return new CsvSourceRows(file, range, wanted, reading, rejects);
  }

  @Override
  public boolean isSplittable(StoredFile file, CsvFormat reading) throws IOException {
    return reading.isSplittable(head(file));
  }

  @Override
  public boolean isPlain(StoredFile file) throws IOException {
    return Decompression.isPlain(head(file));
  }

  private static byte[] head(StoredFile file) throws IOException {
    try (InputStream in = Storage.open(file.path())) {
      return in.readNBytes(CsvFormat.HEAD_BYTES);
    }
  }

  @Override
  public boolean bringsSchema() {
    return false;
  }

  @Override
  public SourceSchema schema(List<StoredFile> files, CsvFormat reading, ColumnRoles roles)
      throws IOException {
    TypeInference types = TypeInference.none();
    for (StoredFile file : files) {
      types =
          types.merge(
              WatchedFile.read(file, bytes -> CsvSchemaReader.read(bytes, file.path(), reading)));
    }
    types.requireRows();
    return FolderColumns.in(types.conclude(roles), files, roles);
  }
}
