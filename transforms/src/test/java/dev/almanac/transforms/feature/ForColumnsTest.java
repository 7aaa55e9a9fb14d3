package dev.almanac.transforms.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForColumnsTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          Field.required("DATE", ColumnType.DATE),
          Field.nullable("TMAX", ColumnType.LONG),
          Field.nullable("TMAX_ATTRIBUTES", ColumnType.STRING),
          Field.nullable("WT03", ColumnType.LONG),
          Field.nullable("WT03_ATTRIBUTES", ColumnType.STRING),
          Field.nullable("WT01", ColumnType.LONG),
          Field.nullable("NAME", ColumnType.STRING));

  @Test
  void aPatternTakesInTheTablesOrderTheColumnsThatTheStepCanWorkOn() throws IOException {
    assertEquals(
        List.of(
            new NullIfFlagged("TMAX", "TMAX_ATTRIBUTES", 2),
            new NullIfFlagged("WT03", "WT03_ATTRIBUTES", 2)),
        steps(
            "{\"null-if-flagged\": {\"columns\": [\"*\"], \"flags\": \"{}_ATTRIBUTES\", \"part\": 2}}"));
    assertEquals(
        List.of(new Log1p("TMAX", "log.TMAX"), new Log1p("WT01", "log.WT01")),
        steps("{\"log1p\": {\"columns\": [\"T*\", \"WT?1\"], \"into\": \"log.{}\"}}"));
  }

  @Test
  void namesStandWhereTheyAreWrittenAndNoColumnIsTakenTwice() throws IOException {
    assertEquals(
        List.of(new IsPresent("WT01", null), new IsPresent("WT03", null)),
        steps("{\"is-present\": {\"columns\": [\"WT01\", \"WT0?\", \"WT03\"]}}"));
  }

  @Test
  void aPatternSeesColumnsThatEarlierStepsMade() throws IOException {
    assertEquals(
        List.of(new IsNull("TMAX", "no.TMAX"), new Clip("no.TMAX", null, 0.0, null)),
        steps(
            "{\"is-null\": {\"column\": \"TMAX\", \"into\": \"no.TMAX\"}}",
            "{\"clip\": {\"columns\": [\"no.*\"], \"max\": 0}}"));
  }

  @Test
  void aColumnThatHasThePatternForItsNameIsThatColumn() throws IOException {
    TableSchema odd =
        TableSchema.of(Field.nullable("a", ColumnType.LONG), Field.nullable("*", ColumnType.LONG));
    RowFeature step =
        Features.read(Json.tree("[{\"log1p\": {\"columns\": [\"*\"]}}]", "t"), new Problems())
            .get(0);
    assertEquals(List.of(new Log1p("*", null)), FeaturePlan.of(odd, List.of(step)).features());
  }

  @Test
  void whatMatchesNothingIsAProblemAndSoIsANamedColumnThatDoesNotSuit() throws IOException {
    assertEquals(
        List.of(
            "features[0].log1p: no column that the step can work on matches 'N*' (columns: DATE, TMAX, TMAX_ATTRIBUTES, WT03, WT03_ATTRIBUTES, WT01, NAME)",
            "features[0].log1p: column 'NAME' must hold numbers (it is string)",
            "features[1].null-if-flagged: there is no column 'WT01_ATTRIBUTES' (columns: DATE, TMAX, TMAX_ATTRIBUTES, WT03, WT03_ATTRIBUTES, WT01, NAME; did you mean 'WT03_ATTRIBUTES'?)"),
        problems(
            SCHEMA,
            read(
                "{\"log1p\": {\"columns\": [\"N*\", \"NAME\", \"TMAX\"]}}",
                "{\"null-if-flagged\": {\"columns\": [\"WT01\"], \"flags\": \"{}_ATTRIBUTES\", \"part\": 2}}")));
  }

  @Test
  void aStepIsSpelledAsItWasRead() throws IOException {
    String text =
        "{\"null-if-flagged\":{\"columns\":[\"*\"],\"flags\":\"{}_ATTRIBUTES\",\"part\":2}}";
    assertEquals(text, Json.line(read(text).get(0)));
    assertEquals(read(text), read(text));
  }

  @Test
  void everyProblemOfTheOtherKeysIsToldOnce() throws IOException {
    Problems problems = new Problems();
    Features.read(
        Json.tree(
            """
            [{"log1p": {"columns": [], "inot": "x"}},
             {"clip": {"columns": ["A"], "column": "A"}},
             {"ratio": {"columns": ["A"], "left": "A", "right": "B", "into": "C"}}]
            """,
            "test"),
        problems.at("features"));
    assertEquals(
        List.of(
            "features[0].log1p.columns: must be a list of names and patterns of columns ([])",
            "features[0].log1p: unknown key 'inot' (known keys: [column, into])",
            "features[1].clip: must have column or columns, not both",
            "features[2].ratio: unknown key 'columns' (known keys: [left, right, into])"),
        problems.texts());
  }

  @Test
  void presentIsOneAndNullIsZero() throws IOException {
    ColumnBatch batch =
        ColumnBatch.of(
            TableSchema.of(Field.nullable("S", ColumnType.STRING)), StringColumn.of("x", null, ""));
    FeaturePlan plan =
        FeaturePlan.of(batch.schema(), read("{\"is-present\": {\"column\": \"S\"}}"));
    assertEquals(List.of(Field.required("S", ColumnType.LONG)), plan.outputSchema().fields());
    assertEquals(LongColumn.of(new long[] {1, 0, 1}), plan.apply(batch).column("S"));
  }

  private static List<RowFeature> steps(String... features) throws IOException {
    return FeaturePlan.of(SCHEMA, read(features)).features();
  }

  private static List<RowFeature> read(String... features) throws IOException {
    Problems problems = new Problems();
    List<RowFeature> read =
        Features.read(Json.tree("[" + String.join(",", features) + "]", "test"), problems);
    assertEquals(List.of(), problems.all());
    return read;
  }

  private static List<String> problems(TableSchema table, List<RowFeature> features) {
    Problems problems = new Problems();
    assertTrue(FeaturePlan.plan(table, features, problems).isEmpty());
    return problems.texts();
  }
}
