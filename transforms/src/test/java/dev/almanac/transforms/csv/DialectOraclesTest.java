package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.csv.format.HeaderRow;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand dialects, each in a file of its own: what was written is what we read, what Python's
 * csv module reads and what DuckDB reads, where it takes the file.
 */
class DialectOraclesTest {
  private static final int DIALECTS = 1000;

  private static final List<SourceColumn> WANTED =
      List.of(
          new SourceColumn("id", ColumnType.LONG, null, true),
          new SourceColumn("num", ColumnType.DOUBLE, null, true),
          new SourceColumn("text", ColumnType.STRING, null, true));

  @TempDir Path folder;

  /** A file and what was written into it: id, number and text of each row. */
  private record Written(Path file, CsvFormat format, List<List<String>> rows) {}

  @Test
  void whatWasWrittenIsReadInEveryDialect() throws IOException {
    for (Written file : files()) {
      assertEquals(file.rows(), ours(file), file::toString);
    }
  }

  @Test
  void pythonReadsTheSame() throws Exception {
    assumeTrue(hasPython(), "there is no python3 to compare with");
    List<Written> files = files();
    Path script = folder.resolve("dialects.py");
    try (InputStream in = DialectOraclesTest.class.getResourceAsStream("dialects.py")) {
      Files.copy(in, script);
    }
    List<Map<String, Object>> specs = new ArrayList<>();
    for (Written file : files) {
      CsvFormat format = file.format();
      Map<String, Object> spec = new LinkedHashMap<>();
      spec.put("file", file.file().toString());
      spec.put("delimiter", String.valueOf(format.delimiter()));
      spec.put("quote", text(format.quote()));
      spec.put("escape", text(format.escape()));
      spec.put("comment", text(format.comment()));
      spec.put("header", format.header().inFile());
      spec.put("skip", format.skipRows());
      spec.put("trim", format.trim());
      specs.add(spec);
    }
    Path list = folder.resolve("list.json");
    Path out = folder.resolve("out.json");
    Files.writeString(list, new ObjectMapper().writeValueAsString(specs));
    Process process =
        new ProcessBuilder("python3", script.toString(), list.toString(), out.toString())
            .inheritIO()
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0);
    JsonNode results = Json.tree(Files.readString(out), "out");
    int accepted = 0;
    for (int i = 0; i < files.size(); i++) {
      Written file = files.get(i);
      if (!results.get(i).isArray()) {
        continue;
      }
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode row : results.get(i)) {
        List<String> cells = new ArrayList<>();
        row.forEach(cell -> cells.add(cell.textValue()));
        rows.add(values(cells, file.format()));
      }
      assertEquals(ours(file), rows, file::toString);
      accepted++;
    }
    assertTrue(accepted > 9 * DIALECTS / 10, accepted + " accepted");
  }

  @Test
  void duckDbReadsTheSame() throws Exception {
    int accepted = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (Written file : files()) {
        List<List<String>> rows;
        try {
          rows = duckDb(file, statement);
        } catch (SQLException refused) {
          continue;
        }
        assertEquals(ours(file), rows, file::toString);
        accepted++;
      }
    }
    assertTrue(accepted > DIALECTS / 2, accepted + " accepted");
  }

  private static List<List<String>> duckDb(Written file, Statement statement) throws SQLException {
    CsvFormat format = file.format();
    List<String> options = new ArrayList<>();
    options.add("delim=" + quoted(String.valueOf(format.delimiter())));
    options.add("quote=" + quoted(format.quote() == null ? "" : text(format.quote())));
    options.add(
        "escape="
            + quoted(
                format.escape() != null
                    ? text(format.escape())
                    : format.quote() == null ? "" : text(format.quote())));
    if (format.comment() != null) {
      options.add("comment=" + quoted(text(format.comment())));
    }
    options.add("header=" + format.header().inFile());
    options.add("skip=" + format.skipRows());
    options.add("decimal_separator=" + quoted(String.valueOf(format.decimal())));
    if (format.thousands() != null) {
      options.add("thousands=" + quoted(text(format.thousands())));
    }
    options.add("columns={'id': 'BIGINT', 'num': 'DOUBLE', 'text': 'VARCHAR'}");
    options.add("auto_detect=false");
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result =
        statement.executeQuery(
            "select id, num, text from read_csv(%s, %s)"
                .formatted(quoted(file.file().toString()), String.join(", ", options)))) {
      while (result.next()) {
        long id = result.getLong(1);
        String idText = result.wasNull() ? null : String.valueOf(id);
        double number = result.getDouble(2);
        String numberText = result.wasNull() ? null : String.valueOf(number);
        rows.add(Arrays.asList(idText, numberText, present(result.getString(3), format)));
      }
    }
    return rows;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static List<List<String>> ours(Written file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    List<SourceColumn> wanted = WANTED;
    if (!file.format().header().inFile() && file.format().header().names().isEmpty()) {
      wanted = new ArrayList<>();
      for (int i = 0; i < WANTED.size(); i++) {
        wanted.add(new SourceColumn(HeaderRow.numbered(i), WANTED.get(i).type(), null, true));
      }
    }
    try (CsvBatchReader reader =
        CsvBatchReader.open(
            Files.newInputStream(file.file()),
            file.file().toString(),
            wanted,
            file.format(),
            7,
            rejects::add)) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          List<String> cells = new ArrayList<>();
          for (int column = 0; column < wanted.size(); column++) {
            cells.add(batch.column(column).text(row));
          }
          rows.add(cells);
        }
      }
    }
    assertEquals(List.of(), rejects, file::toString);
    return rows;
  }

  /** Texts as another reader gives them, as values. */
  private static List<String> values(List<String> cells, CsvFormat format) {
    String id = plain(cells.get(0), format);
    String number = plain(cells.get(1), format);
    return Arrays.asList(
        id.isEmpty() ? null : String.valueOf(Long.parseLong(id)),
        number.isEmpty() ? null : String.valueOf(Double.parseDouble(number)),
        present(cells.get(2), format));
  }

  private static String plain(String number, CsvFormat format) {
    String text = number.strip();
    if (format.thousands() != null) {
      text = text.replace(text(format.thousands()), "");
    }
    return text.replace(format.decimal(), '.');
  }

  private static String present(String text, CsvFormat format) {
    String shown = text == null || !format.trim() ? text : text.strip();
    return shown == null || shown.isBlank() ? null : shown;
  }

  private static String text(Character mark) {
    return mark == null ? null : String.valueOf(mark);
  }

  private static boolean hasPython() {
    try {
      Process process = new ProcessBuilder("python3", "--version").start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<Written> files() throws IOException {
    Random random = new Random(20261127);
    List<Written> files = new ArrayList<>();
    for (int i = 0; i < DIALECTS; i++) {
      files.add(file(i, random));
    }
    return files;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Written file(int number, Random random) throws IOException {
    char delimiter = one(random, List.of(',', ';', '\t', '|', ','));
    Character quote = one(random, Arrays.asList('"', '"', '\'', null));
    Character escape =
        quote == null ? null : one(random, Arrays.asList(null, null, '\\', '\\', '^'));
    Character comment = one(random, Arrays.asList(null, null, '#', '!'));
    char decimal = quote == null && delimiter == ',' ? '.' : one(random, List.of('.', ',', '.'));
    Character thousands =
        one(random, Arrays.asList(null, null, decimal == '.' ? ',' : '.', '_', ' '));
    if (quote == null && thousands != null && thousands == delimiter) {
      thousands = null;
    }
    HeaderRow header =
        one(
            random,
            List.of(
                HeaderRow.FIRST_ROW,
                HeaderRow.FIRST_ROW,
                HeaderRow.NONE,
                HeaderRow.of(List.of("id", "num", "text"))));
    CsvFormat format =
        CsvFormat.standard()
            .with()
            .delimiter(delimiter)
            .quote(quote)
            .escape(escape)
            .comment(comment)
            .header(header)
            .skipRows(random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0)
            .numbers(decimal, thousands)
            .trim(random.nextInt(3) == 0)
            .nulls(List.of(""))
            .build();
    StringBuilder text = new StringBuilder("produced by: a logger\n".repeat(format.skipRows()));
    if (header.inFile()) {
      text.append("id%snum%stext\n".formatted(delimiter, delimiter));
    }
    List<List<String>> rows = new ArrayList<>();
    int size = 1 + random.nextInt(25);
    for (int row = 0; row < size; row++) {
      if (comment != null && random.nextInt(4) == 0) {
        text.append(comment).append(" a note, it's \"odd\n");
      }
      long id = row == 0 ? 7 : random.nextLong() >> random.nextInt(64);
      double value = Math.rint(random.nextGaussian() * 1e6) / (1 << random.nextInt(4));
      String word = word(random, format);
      boolean missing = row > 0 && random.nextInt(8) == 0;
      rows.add(
          Arrays.asList(
              String.valueOf(id),
              missing ? null : String.valueOf(value),
              word.isBlank() ? null : word));
      text.append(cell(number(String.valueOf(id), format, random), format, random))
          .append(delimiter)
          .append(missing ? "" : cell(number(plainText(value), format, random), format, random))
          .append(delimiter)
          .append(cell(word, format, random))
          .append('\n');
    }
    Path file = folder.resolve("%04d.csv".formatted(number));
    Files.writeString(file, text.toString(), StandardCharsets.UTF_8);
    return new Written(file, format, rows);
  }

  private static String plainText(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** In the format's form, grouped or not. */
  private static String number(String plain, CsvFormat format, Random random) {
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    String rest = point < 0 ? "" : format.decimal() + plain.substring(point + 1);
    if (format.thousands() != null && random.nextBoolean()) {
      String sign = whole.startsWith("-") ? "-" : "";
      StringBuilder digits = new StringBuilder(whole.substring(sign.length()));
      for (int at = digits.length() - 3; at > 0; at -= 3) {
        digits.insert(at, format.thousands().charValue());
      }
      whole = sign + digits;
    }
    return whole + rest;
  }

  private static String word(Random random, CsvFormat format) {
    StringBuilder word = new StringBuilder();
    int length = random.nextInt(12);
    for (int i = 0; i < length; i++) {
      int kind = random.nextInt(12);
      if (format.quote() == null || kind < 6) {
        word.append((char) ('a' + random.nextInt(26)));
      } else {
        switch (kind) {
          case 6 -> word.append(format.delimiter());
          case 7 -> word.append(format.quote());
          case 8 -> word.append(format.escape() == null ? '/' : format.escape());
          case 9 -> word.append("\nz");
          case 10 -> word.append(' ').append('e');
          default -> word.append('\u00e9');
        }
      }
    }
    return format.trim() ? word.toString().strip() : word.toString();
  }

  private static String cell(String value, CsvFormat format, Random random) {
    String written = value;
    if (format.quote() != null) {
      String quote = text(format.quote());
      boolean needsQuotes =
          value.indexOf(format.delimiter()) >= 0
              || value.contains(quote)
              || value.contains("\n")
              || format.escape() != null && value.indexOf(format.escape()) >= 0
              || !value.equals(value.strip());
      if (needsQuotes || random.nextInt(4) == 0) {
        if (format.escape() == null) {
          written = quote + value.replace(quote, quote + quote) + quote;
        } else {
          String escape = text(format.escape());
          written =
              quote + value.replace(escape, escape + escape).replace(quote, escape + quote) + quote;
        }
      }
    }
    if (format.trim() && random.nextInt(3) == 0) {
      written = " " + written;
    }
    return written;
  }
}
