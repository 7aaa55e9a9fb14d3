package dev.almanac.transforms.csv;

import dev.almanac.transforms.csv.dialect.DialectSigns;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.scan.CsvHeader;
import dev.almanac.transforms.csv.scan.RowScanner;
import dev.almanac.transforms.csv.scan.RowShape;
import dev.almanac.transforms.csv.scan.RunOn;
import dev.almanac.transforms.csv.stream.HeadedStream;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/**
 * A CSV file whose header was read.
 *
 * @param rows at the first row behind the header
 * @param runOn what its rows look like
 * @param head its first bytes, in UTF-8
 */
record OpenedCsv(RowScanner rows, CsvHeader header, RunOn runOn, byte[] head) {
  /**
   * Reads the header.
   *
   * @param text the file from its start, in UTF-8
   */
  static OpenedCsv open(InputStream text, CsvFormat format, String file, int buffer)
      throws IOException {
    byte[] head = text.readNBytes(RowShape.HEAD);
    RowScanner rows = new RowScanner(new HeadedStream(head, text), format, buffer);
    CsvHeader header;
    try {
      header = CsvHeader.read(rows, format, file);
    } catch (ForeseenException e) {
      throw DialectSigns.explained(e, head, format, Set.of());
    }
    RunOn runOn = new RunOn(head, format, header.size());
    rows.expect(runOn);
    return new OpenedCsv(rows, header, runOn, head);
  }
}
