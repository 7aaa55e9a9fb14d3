package dev.almanac.transforms.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.schema.infer.FileProbe;
import dev.almanac.transforms.schema.text.DateForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaFileTest {
  @Test
  void aSchemaComesBackFromItsFile(@TempDir Path folder) throws IOException {
    SourceSchema schema = inferred();
    String path = folder.resolve("schema.json").toString();
    SchemaFile.write(schema, path);
    assertEquals(schema, SchemaFile.read(path));
  }

  @Test
  void theFileIsReadable() {
    assertEquals(
        """
        {
          "format-version" : 1,
          "columns" : [
            {
              "name" : "day",
              "type" : "date",
              "date-form" : "yyyy/M/d",
              "nullable" : false,
              "seen" : {
                "rows" : 2,
                "nulls" : 0,
                "files" : 1
              }
            },
            {
              "name" : "size",
              "type" : "double",
              "nullable" : true,
              "seen" : {
                "rows" : 2,
                "nulls" : 1,
                "files" : 1,
                "widened" : [
                  {
                    "to" : "double",
                    "file" : "a.csv",
                    "line" : 2,
                    "text" : "1.5"
                  }
                ]
              }
            }
          ],
          "seen" : {
            "files" : 1,
            "rows" : 3,
            "rejected-rows" : 1,
            "first-rejected" : {
              "file" : "a.csv",
              "line" : 4,
              "byte-offset" : 30,
              "text" : "ragged-row"
            }
          }
        }
        """,
        SchemaFile.text(inferred()));
  }

  @Test
  void theHashIsOfWhatIsEnforcedAlone() {
    SourceSchema schema = inferred();
    SourceSchema bare = SourceSchema.of(schema.sourceColumns());
    assertEquals(bare.hash(), schema.hash());
    List<SourceColumn> changed = new ArrayList<>(schema.sourceColumns());
    changed.set(0, new SourceColumn("day", ColumnType.DATE, DateForm.ISO, false));
    assertNotEquals(bare.hash(), SourceSchema.of(changed).hash());
    changed.set(0, new SourceColumn("day", ColumnType.DATE, DateForm.YEAR_SLASH, true));
    assertNotEquals(bare.hash(), SourceSchema.of(changed).hash());
  }

  @Test
  void aPersonMayLeaveOutWhatWasSeen() throws IOException {
    SourceSchema schema =
        SchemaFile.parse(
            """
            {"format-version": 1, "columns": [{"name": "x", "type": "long", "nullable": true}]}
            """,
            "s.json");
    assertEquals(
        List.of(new SourceColumn("x", ColumnType.LONG, null, true)), schema.sourceColumns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|format-version is missing",
        "null|format-version is missing",
        "{\"format-version\": 2, \"columns\": []}|its format-version is 2 (this program reads 1)",
        "{\"format-version\": 1}|columns are missing",
        "{\"format-version\": 1, \"columns\": [null]}|columns[0]: it is null",
        "{\"format-version\": 1, \"columns\": [{}]}"
            + "|columns[0]: name is missing, nullable is missing, type is missing",
        "{\"format-version\": 1, \"columns\": [{\"name\": \"x\", \"type\": \"int\", \"nullable\":"
            + " true}]}|column 'x': type 'int' is none of [long, double, date, string]",
        "{\"format-version\": 1, \"columns\": [{\"name\": \"x\", \"type\": \"long\", \"nullable\":"
            + " true, \"date-form\": \"yyyy-MM-dd\"}]}"
            + "|column 'x': date-form is for dates alone (its type is long)",
        "{\"format-version\": 1, \"columns\": [{\"name\": \"x\", \"type\": \"long\", \"nullable\":"
            + " true}, {\"name\": \"x\", \"type\": \"long\", \"nullable\": true}]}"
            + "|column 'x': another column has the same name",
        "{\"format-version\": 1, \"column\": []}"
            + "|unknown key 'column' (known keys: [columns, format-version, seen])",
      })
  void whatIsWrongIsNamed(String json, String message) {
    IOException error = assertThrows(IOException.class, () -> SchemaFile.parse(json, "s.json"));
    assertEquals("Cannot read s.json: " + message, error.getMessage());
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    IOException error =
        assertThrows(
            IOException.class,
            () ->
                SchemaFile.parse(
                    """
                    {"format-version": 1, "columns": [
                      {"name": "a", "type": "date", "nullable": true},
                      {"name": "b", "type": "date", "date-form": "yy", "nullable": true}]}
                    """,
                    "s.json"));
    String forms =
        Arrays.stream(DateForm.values()).map(DateForm::pattern).sorted().toList().toString();
    assertEquals(
        "Cannot read s.json: column 'a': a date needs a date-form, one of "
            + forms
            + "; column 'b': date-form 'yy' is none of "
            + forms,
        error.getMessage());
  }

  private static SourceSchema inferred() {
    FileProbe probe = new FileProbe("a.csv", List.of("day", "size"));
    probe.addRow();
    add(probe, 0, "2020/1/2", 2);
    add(probe, 1, "1.5", 2);
    probe.addRow();
    add(probe, 0, "2020/1/3", 3);
    probe.addNull(1);
    probe.addRejectedRow(4, 30, "ragged-row");
    return probe.conclude().conclude();
  }

  private static void add(FileProbe probe, int column, String text, long line) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    probe.addValue(column, bytes, 0, bytes.length, line, 10 * line);
  }
}
