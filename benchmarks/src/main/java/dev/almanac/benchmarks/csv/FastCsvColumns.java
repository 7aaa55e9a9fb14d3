package dev.almanac.benchmarks.csv;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What a careful programmer gets out of FastCSV: fields as strings, parsed into arrays by the JDK.
 */
final class FastCsvColumns {
  private static final int FIRST_ROWS = 8192;

  private FastCsvColumns() {}

  /** Reads the columns that are compared into arrays; returns how many cells held a value. */
  static long values(byte[] file) throws IOException {
    try (CsvReader<CsvRecord> reader = open(file)) {
      Iterator<CsvRecord> rows = reader.iterator();
      List<String> header = rows.next().getFields();
      int columns = CompareCsv.COLUMNS.size();
      int[] positions = new int[columns];
      double[][] numbers = new double[columns][FIRST_ROWS];
      long[][] integers = new long[columns][FIRST_ROWS];
      List<Map<String, Integer>> dictionaries = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        positions[i] = header.indexOf(CompareCsv.COLUMNS.get(i).name());
        dictionaries.add(new HashMap<>());
      }
      long values = 0;
      for (int row = 0; rows.hasNext(); row++) {
        CsvRecord record = rows.next();
        if (row == numbers[0].length) {
          for (int i = 0; i < columns; i++) {
            numbers[i] = Arrays.copyOf(numbers[i], 2 * row);
            integers[i] = Arrays.copyOf(integers[i], 2 * row);
          }
        }
        for (int i = 0; i < columns; i++) {
          String text = positions[i] < 0 ? "" : record.getField(positions[i]).strip();
          if (text.isEmpty() || text.equals("NA")) {
            continue;
          }
          SourceColumn column = CompareCsv.COLUMNS.get(i);
          switch (column.type()) {
            case DOUBLE -> numbers[i][row] = Double.parseDouble(text);
            case DATE -> integers[i][row] = LocalDate.parse(text).toEpochDay();
            case STRING -> {
              Map<String, Integer> dictionary = dictionaries.get(i);
              integers[i][row] = dictionary.computeIfAbsent(text, t -> dictionary.size());
            }
            default -> integers[i][row] = Long.parseLong(text);
          }
          values++;
        }
      }
      return values;
    }
  }

  /** Splits every row and looks at no cell; returns how many there were. */
  static long cells(byte[] file) throws IOException {
    long cells = 0;
    try (CsvReader<CsvRecord> reader = open(file)) {
      for (CsvRecord record : reader) {
        cells += record.getFieldCount();
      }
    }
    return cells;
  }

  private static CsvReader<CsvRecord> open(byte[] file) {
    return CsvReader.builder()
        .ofCsvRecord(new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8));
  }
}
