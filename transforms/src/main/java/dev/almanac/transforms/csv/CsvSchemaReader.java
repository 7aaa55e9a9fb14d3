package dev.almanac.transforms.csv;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CellText;
import dev.almanac.transforms.csv.scan.CsvHeader;
import dev.almanac.transforms.csv.scan.NullTexts;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.infer.FileProbe;
import dev.almanac.transforms.schema.infer.TypeInference;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads every cell of a CSV file for type inference.
 *
 * <p>Columns without a name are ignored: spreadsheets leave them where a line ends in commas. When
 * columns share a name, the first is used and the others are noted. Rows that {@link
 * CsvBatchReader} would reject as a whole are counted and not used.
 */
public final class CsvSchemaReader {
  private CsvSchemaReader() {}

  /**
   * Reads the file to its end and closes it.
   *
   * @param bytes the file from its start, plain or gzip
   * @param file path for messages and places
   * @throws IOException naming the file, when it is empty or its header names no column
   */
  public static TypeInference read(InputStream bytes, String file, CsvFormat format)
      throws IOException {
    try (InputStream in = bytes;
        InputStream text = CsvBatchReader.text(in, file, format)) {
      return read(OpenedCsv.open(text, format, file, RowScanner.DEFAULT_BUFFER), file, format);
    }
  }

  private static TypeInference read(OpenedCsv opened, String file, CsvFormat format)
      throws IOException {
    RowScanner rows = opened.rows();
    CsvHeader header = opened.header();
    int columns = header.size();
    int[] probed = new int[columns];
    List<String> names = names(header, probed);
    FileProbe probe = new FileProbe(file, names, format.numbers(), header.twice());
    CellReaders readers = new CellReaders(format);
    NullTexts[] nulls = names.stream().map(readers::nulls).toArray(NullTexts[]::new);
    CellText cell = new CellText(format);
    rows.wantCells(columns);
    while (rows.next()) {
      if (columns > 1 && rows.isBlank()) {
        continue;
      }
      if (rows.problem() != null) {
        reject(probe, rows, rows.problem().text());
      } else if (rows.isKept()) {
        reject(probe, rows, RejectReason.REPEATED_HEADER.text());
      } else if (rows.cells() != columns) {
        reject(
            probe,
            rows,
            "%s: %s, the header has %s"
                .formatted(RejectReason.RAGGED_ROW, Count.of(rows.cells(), "cell"), columns));
      } else {
        probe.addRow();
        for (int i = 0; i < nulls.length; i++) {
          if (nulls[i].holdEmpty() && rows.isEmpty(probed[i])) {
            probe.addNull(i);
            continue;
          }
          cell.of(rows, probed[i]).trim();
          if (nulls[i].meanMissing(cell.bytes, cell.from, cell.to)) {
            probe.addNull(i);
          } else {
            probe.addValue(i, cell.bytes, cell.from, cell.to, rows.line(), rows.offset());
          }
        }
      }
    }
    return probe.conclude();
  }

  /** A row a line, as {@link CsvBatchReader} counts them. */
  private static void reject(FileProbe probe, RowScanner rows, String reason) {
    probe.addRejectedRow(rows.line(), rows.offset(), reason);
    rows.moreLines((line, offset, text) -> probe.addRejectedRow(line, offset, reason));
  }

  /** The names there are, each once; {@code probed} takes their positions. */
  private static List<String> names(CsvHeader header, int[] probed) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.names().get(i);
      if (!name.isEmpty() && names.add(name)) {
        probed[names.size() - 1] = i;
      }
    }
    if (names.isEmpty()) {
      throw new ForeseenException(
          "Cannot read %s: its header names no column (%s)"
              .formatted(header.file(), Count.of(header.size(), "empty cell")));
    }
    return List.copyOf(names);
  }
}
