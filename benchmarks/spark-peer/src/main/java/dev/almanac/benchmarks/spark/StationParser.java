package dev.almanac.benchmarks.spark;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of one station file with the columns of {@link Columns#SOURCE}, whatever others the file
 * has; null where a file lacks one.
 *
 * <p>Read with univocity's parser, which is what Spark's own CSV source reads with, and with the
 * columns selected in it, as that does. Not thread-safe.
 */
final class StationParser implements Iterator<Row> {
  private static final int BUFFER = 1 << 20;

  private final CsvParser parser;
  private final boolean[] present;
  private String[] next;

  private StationParser(CsvParser parser, boolean[] present) {
    this.parser = parser;
    this.present = present;
    this.next = parser.parseNext();
  }

  static StationParser open(String file) {
    Set<String> header = new HashSet<>(Arrays.asList(CsvHeaders.of(file)));
    List<String> selected = Columns.SOURCE.stream().filter(header::contains).toList();
    CsvParserSettings settings = new CsvParserSettings();
    settings.setHeaderExtractionEnabled(true);
    settings.selectFields(selected.toArray(String[]::new));
    settings.setMaxColumns(1024);
    settings.setReadInputOnSeparateThread(false);
    settings.setInputBufferSize(BUFFER);
    settings.setLineSeparatorDetectionEnabled(false);
    settings.getFormat().setLineSeparator("\n");
    CsvParser parser = new CsvParser(settings);
    parser.beginParsing(reader(file));
    boolean[] present = new boolean[Columns.SOURCE.size()];
    for (int i = 0; i < present.length; i++) {
      present[i] = header.contains(Columns.SOURCE.get(i));
    }
    return new StationParser(parser, present);
  }

  static Reader reader(String file) {
    try {
      InputStream in = new FileInputStream(file);
      return new InputStreamReader(
          file.endsWith(".gz") ? new GZIPInputStream(in, BUFFER) : in, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Row next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    Object[] cells = new Object[present.length];
    int from = 0;
    for (int i = 0; i < cells.length; i++) {
      String text = present[i] ? next[from++] : null;
      cells[i] = text == null || text.isEmpty() ? null : typed(i, text);
    }
    next = parser.parseNext();
    return RowFactory.create(cells);
  }

  private static Object typed(int column, String text) {
    return switch (Columns.KINDS.get(column)) {
      case TEXT -> text;
      case DATE -> LocalDate.parse(text);
      case INTEGER -> Integer.valueOf(text.trim());
      case DOUBLE -> Double.valueOf(text);
    };
  }
}
