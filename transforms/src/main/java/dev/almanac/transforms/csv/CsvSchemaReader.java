package dev.almanac.transforms.csv;

import dev.almanac.transforms.schema.FileProbe;
import dev.almanac.transforms.schema.TypeInference;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads every cell of a CSV file for type inference.
 *
 * <p>Columns without a name are passed over: spreadsheets leave them where a line ends in commas.
 * Rows that {@link CsvBatchReader} would reject as a whole are counted and give no evidence.
 */
public final class CsvSchemaReader {
  private CsvSchemaReader() {}

  /**
   * Reads the file to its end and closes it.
   *
   * @param bytes the file from its start, plain or gzip
   * @param file path for messages and places
   * @throws IOException naming the file, when it is empty or a name stands twice in its header
   */
  public static TypeInference read(InputStream bytes, String file, CsvFormat format)
      throws IOException {
    try (InputStream in = bytes;
        RowScanner rows =
            new RowScanner(
                CsvBatchReader.text(in, file, format), format, RowScanner.DEFAULT_BUFFER)) {
      return read(rows, file, format);
    }
  }

  private static TypeInference read(RowScanner rows, String file, CsvFormat format)
      throws IOException {
    CsvHeader header = CsvHeader.read(rows, format, file);
    int columns = header.size();
    int[] probed = new int[columns];
    List<String> names = names(header, probed);
    FileProbe probe = new FileProbe(file, names, format.numbers());
    NullTexts nulls = new NullTexts(format.nulls());
    CellText cell = new CellText(format);
    rows.wantCells(columns);
    while (rows.next()) {
      if (columns > 1 && rows.isBlank()) {
        continue;
      }
      if (rows.problem() != null) {
        probe.addRejectedRow(rows.line(), rows.problem().text());
      } else if (rows.isKept()) {
        probe.addRejectedRow(rows.line(), RejectReason.REPEATED_HEADER.text());
      } else if (rows.cells() != columns) {
        probe.addRejectedRow(rows.line(), RejectReason.RAGGED_ROW.text());
      } else {
        probe.addRow();
        for (int i = 0; i < names.size(); i++) {
          cell.of(rows, probed[i]).trim();
          if (nulls.contains(cell.bytes, cell.from, cell.to)) {
            probe.addNull(i);
          } else {
            probe.addValue(i, cell.bytes, cell.from, cell.to, rows.line());
          }
        }
      }
    }
    return probe.conclude();
  }

  /** The names there are; {@code probed} takes their positions. */
  private static List<String> names(CsvHeader header, int[] probed) throws IOException {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.names().get(i);
      if (!name.isEmpty()) {
        probed[names.size()] = i;
        names.add(name);
        if (!seen.add(name)) {
          header.position(name, true);
        }
      }
    }
    return names;
  }
}
