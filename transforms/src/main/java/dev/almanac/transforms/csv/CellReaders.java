package dev.almanac.transforms.csv;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellReader;
import dev.almanac.transforms.csv.scan.NullTexts;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.NumberForm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the {@link CellReader} of each column of a format. */
final class CellReaders {
  private final CsvFormat format;
  private final NumberForm numbers;
  private final Map<List<String>, NullTexts> nulls = new HashMap<>();

  CellReaders(CsvFormat format) {
    this.format = format;
    this.numbers = format.numbers();
  }

  /**
   * @param position in the file; -1 when the file lacks the column
   */
  CellReader of(SourceColumn column, int position) {
    return CellReader.of(column, position, nulls(column.source()), numbers, format.trim());
  }

  /** The texts that mean missing in a column. */
  NullTexts nulls(String column) {
    return nulls.computeIfAbsent(format.nulls(column), texts -> new NullTexts(texts, numbers));
  }
}
