package dev.almanac.transforms.csv.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvFormatTest {
  private static final CsvFormat ODD =
      CsvFormat.standard()
          .with()
          .delimiter(';')
          .quote('\'')
          .escape('\\')
          .comment('#')
          .header(HeaderRow.of(List.of("day", "", "y")))
          .skipRows(3)
          .numbers(',', '\u202f')
          .trim(true)
          .charset("UTF-16LE")
          .nulls(List.of("", "-9999"))
          .nullValues(Map.of("y", List.of("M", "T"), "day", List.of("0000-00-00")))
          .maxRowBytes(77)
          .build();

  private static final List<CsvFormat> ALL =
      List.of(
          CsvFormat.standard(),
          ODD,
          CsvFormat.standard().withQuote(null).withEscape('\\').withUnitsRow(true),
          CsvFormat.standard().withHeader(HeaderRow.NONE));

  @Test
  void everyFormatComesBackFromJsonAndFromAStream() throws Exception {
    for (CsvFormat format : ALL) {
      assertEquals(format, Json.read(Json.line(format), CsvFormat.class, "here"));
      assertEquals(Json.line(format), Json.line(Json.read(Json.line(format), CsvFormat.class, "")));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(format);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertEquals(format, in.readObject());
      }
    }
  }

  @Test
  void jsonSaysWhatAConfigWouldSay() {
    assertEquals(
        "{\"delimiter\":\",\",\"quote\":\"\\\"\",\"header\":\"first-row\",\"skip-rows\":0,"
            + "\"units-row\":false,\"decimal\":\".\",\"trim\":false,\"charset\":\"UTF-8\","
            + "\"nulls\":[\"\",\"NA\"],\"null-values\":{},\"max-row-bytes\":16777216}",
        Json.line(CsvFormat.standard()));
    assertTrue(Json.line(ODD).contains("\"header\":[\"day\",\"\",\"y\"]"), Json.line(ODD));
    assertTrue(
        Json.line(ODD).contains("\"null-values\":{\"day\":[\"0000-00-00\"],\"y\":[\"M\",\"T\"]}"),
        Json.line(ODD));
  }

  @Test
  void aBrokenFormatIsRefusedInJson() {
    assertThrows(
        IOException.class,
        () ->
            Json.read(
                Json.line(CsvFormat.standard()).replace("\"skip-rows\":0", "\"skip-rows\":-1"),
                CsvFormat.class,
                "here"));
  }

  @Test
  void jsonThatLacksAnythingButWhatMayBeNullIsRefused() throws IOException {
    ObjectNode whole = (ObjectNode) Json.tree(Json.line(ODD), "here");
    List<String> keys = new ArrayList<>();
    whole.fieldNames().forEachRemaining(keys::add);
    assertEquals(14, keys.size());
    for (String key : keys) {
      String less = Json.line(whole.deepCopy().without(key));
      if (Set.of("quote", "escape", "comment", "thousands").contains(key)) {
        assertNotEquals(ODD, Json.read(less, CsvFormat.class, "here"));
      } else {
        IOException refused =
            assertThrows(IOException.class, () -> Json.read(less, CsvFormat.class, "here"), key);
        assertTrue(refused.getMessage().startsWith("Cannot read here"), refused.getMessage());
      }
    }
  }

  @Test
  void allProblemsComeAtOnce() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    CsvFormat.standard()
                        .with()
                        .delimiter('\n')
                        .quote(' ')
                        .comment('\n')
                        .header(HeaderRow.of(List.of("a", "a", " b")))
                        .skipRows(-1)
                        .unitsRow(true)
                        .numbers('.', '.')
                        .charset("UTF-9")
                        .nulls(List.of(" x"))
                        .nullValues(Map.of("y", List.of("x ")))
                        .maxRowBytes(0)
                        .build())
            .getMessage();
    for (String part :
        List.of(
            "the delimiter is an ASCII character and no line break",
            "the quote is an ASCII character and no blank",
            "the comment is an ASCII character and no blank",
            "decimal point and thousands separator differ ('.')",
            "rows to skip are 0 or more (-1)",
            "a units row stands behind the file's own header",
            "no two columns have the same name ('a')",
            "a column's name has no blanks around it (' b')",
            "the charset is one that Java knows ('UTF-9')",
            "a null text has no blanks around it (' x')",
            "a null text of column 'y' has no blanks around it ('x ')",
            "a row has 1 to 1073741824 bytes at most (0)")) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void aQuoteThatEscapesQuotesIsADoubledOne() {
    assertNull(CsvFormat.standard().withEscape('"').escape());
  }

  @Test
  void nullTextsOfAColumnAddToThoseOfAll() {
    assertEquals(List.of("", "-9999", "M", "T"), ODD.nulls("y"));
    assertEquals(List.of("", "-9999"), ODD.nulls("x"));
  }
}
