package dev.almanac.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final List<RowFeature> ALL =
      List.of(
          new NullIfFlagged("TMAX", "TMAX_ATTRIBUTES", 2),
          new DateParts("DATE", DatePart.DAY_OF_YEAR_SIN, DatePart.YEAR),
          new Cast("A", ColumnType.DOUBLE, null),
          new Cast("A", ColumnType.DATE, "B"),
          new Log1p("A", "B"),
          new Clip("A", null, 2.5, null),
          new Clip("A", -1.0, 2.0, "C"),
          new Difference("A", "B", "C"),
          new Ratio("A", "B", "C"),
          new EqualsIndicator("A", "T", "B"),
          new IsNull("A", "B"),
          new IsPresent("A", null),
          new HashBucket("A", 64, "B"),
          new ForColumns("clip", List.of("A*", "B"), "{\"min\":0.5}"));

  @Test
  void everyStepReadsBackFromWhatItWrites() throws IOException {
    for (RowFeature step : ALL) {
      String text = Json.line(step.json());
      assertEquals(text, Json.line(step));
      assertEquals(step, Json.read(text, RowFeature.class, "test"));
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ALL.forEach(step -> list.add(step.json()));
    Problems problems = new Problems();
    assertEquals(ALL, Features.read(list, problems));
    assertEquals(List.of(), problems.all());
  }

  @Test
  void stepsAreSpelledAsInConfigs() {
    assertEquals(
        "{\"null-if-flagged\":{\"column\":\"TMAX\",\"flags\":\"TMAX_ATTRIBUTES\",\"part\":2}}",
        Json.line(ALL.get(0)));
    assertEquals(
        "{\"date-parts\":{\"column\":\"DATE\",\"parts\":[\"day-of-year-sin\",\"year\"]}}",
        Json.line(ALL.get(1)));
    assertEquals("{\"clip\":{\"column\":\"A\",\"max\":2.5}}", Json.line(ALL.get(5)));
  }

  @Test
  void valuesOfIndicatorsMayBeWrittenAsNumbers() throws IOException {
    List<RowFeature> steps =
        read("[{\"equals\": {\"column\": \"A\", \"value\": -9999, \"into\": \"B\"}}]", 0);
    assertEquals(List.of(new EqualsIndicator("A", "-9999", "B")), steps);
  }

  @Test
  void everyProblemComesWithItsPlaceAndWhatIsKnown() throws IOException {
    Problems found = new Problems();
    Features.read(
        Json.tree(
            """
            [{"log1q": {"column": "A"}},
             {"clip": {"colum": "A", "minimum": 1, "max": "high"}},
             {"date-parts": {"column": "DATE", "parts": ["weekday"]}},
             {"hash-bucket": {"column": "A", "buckets": 0, "into": "B"}},
             {"log1p": {"column": "A"}, "clip": {}},
             {"is-null": "A"},
             7]
            """,
            "test"),
        found.at("features"));
    List<String> problems = found.texts();
    String names =
        "[cast, clip, date-parts, difference, equals, hash-bucket, is-null, is-present, log1p, null-if-flagged, ratio]";
    assertEquals("features[0]: unknown name 'log1q' (known names: " + names + ")", problems.get(0));
    assertEquals(
        "features[1].clip: unknown key 'colum' (known keys: [column, min, max, into])",
        problems.get(1));
    assertEquals(
        "features[1].clip: unknown key 'minimum' (known keys: [column, min, max, into])",
        problems.get(2));
    assertEquals("features[1].clip: key 'column' is missing", problems.get(3));
    assertTrue(problems.get(4).startsWith("features[1].clip.max: "), problems.get(4));
    assertTrue(
        problems.get(5).startsWith("features[2].date-parts.parts: ")
            && problems.get(5).contains("Cannot read date part 'weekday': known parts are"),
        problems.get(5));
    assertEquals("features[3].hash-bucket: buckets must be 1 or more (0)", problems.get(6));
    String shape = ": must be a name or an object of one key, a name (names: " + names + ")";
    assertEquals("features[4]" + shape, problems.get(7));
    assertEquals("features[5].is-null: must be an object (keys: [column, into])", problems.get(8));
    assertEquals("features[6]" + shape, problems.get(9));
    assertEquals(10, problems.size());
  }

  @Test
  void aFunctionWrittenInJavaCannotBeWrittenToAFile() {
    RowFunction function = RowFunction.of("A", x -> x, "B");
    String message = assertThrows(IllegalArgumentException.class, function::json).getMessage();
    assertTrue(message.startsWith("Cannot write RowFunction["), message);
    assertTrue(message.endsWith("which a file cannot hold; use a step that has a name"), message);
  }

  private static List<RowFeature> read(String text, int expectedProblems) throws IOException {
    Problems problems = new Problems();
    List<RowFeature> steps = Features.read(Json.tree(text, "test"), problems);
    assertEquals(expectedProblems, problems.count(), () -> problems.texts().toString());
    return steps;
  }
}
