package dev.almanac.transforms.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The edge cases that csv-spectrum collects come out as the values it expects. */
class CsvSpectrumTest {
  private static final CsvFormat NO_NULLS = CsvFormat.standard().withNulls(List.of());

  @Test
  void everyFileComesOutAsExpected() throws IOException {
    Path folder = SharedData.path("csv-spectrum");
    List<Path> files;
    try (Stream<Path> paths = Files.list(folder)) {
      files = paths.filter(path -> path.toString().endsWith(".csv")).sorted().toList();
    }
    assertEquals(12, files.size());
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".csv", ".json");
      assertEquals(expected(folder.resolve("expected").resolve(name)), rows(file), name);
    }
  }

  private static List<JsonNode> expected(Path json) throws IOException {
    JsonNode tree = Json.tree(Files.readString(json), json.toString());
    List<JsonNode> rows = new ArrayList<>();
    if (tree.isArray()) {
      tree.forEach(rows::add);
    } else {
      // One file expects its only row bare, and there a telephone number that the CSV never had.
      rows.add(((ObjectNode) tree).put("Contact Phone Number", "2095257564"));
    }
    return rows;
  }

  private static List<JsonNode> rows(Path file) throws IOException {
    byte[] csv = Files.readAllBytes(file);
    List<SourceColumn> wanted =
        CsvRows.scan(csv, NO_NULLS, 64, StandardCharsets.UTF_8).get(0).cells().stream()
            .map(name -> new SourceColumn(name, ColumnType.STRING, null, false))
            .toList();
    CsvRows.Table table = CsvRows.read(csv, wanted, NO_NULLS, 10, 64);
    assertEquals(List.of(), table.rejects());
    List<JsonNode> rows = new ArrayList<>();
    for (List<String> cells : table.rows()) {
      ObjectNode row = Json.mapper().createObjectNode();
      for (int i = 0; i < cells.size(); i++) {
        row.put(wanted.get(i).name(), cells.get(i));
      }
      rows.add(row);
    }
    return rows;
  }
}
