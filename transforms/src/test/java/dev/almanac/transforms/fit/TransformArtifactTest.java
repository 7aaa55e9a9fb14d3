package dev.almanac.transforms.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.LongColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.encode.NominalEncoder;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.schema.SourceColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformArtifactTest {
  private static final ColumnBatch TRAIN = Weather.rows(500, 1);
  private static final FittedTransform FITTED = Weather.fitted(Weather.plan(), TRAIN);

  @TempDir Path folder;

  @Test
  void aTransformReadFromItsFileIsTheSameAndEncodesTheSame() throws IOException {
    FITTED.write(folder.toString());
    FittedTransform read = FittedTransform.read(folder.toString());
    assertEquals(FITTED, read);
    assertEquals(FITTED.hash(), read.hash());
    ColumnBatch rows = Weather.rows(300, 2);
    assertEquals(FITTED.encode(FITTED.applyFeatures(rows)), read.encode(read.applyFeatures(rows)));
  }

  @Test
  void equalTransformsGiveEqualBytes() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Path third = folder.resolve("third");
    FITTED.write(first.toString());
    Weather.fitted(Weather.plan(), TRAIN).write(second.toString());
    FittedTransform.read(first.toString()).write(third.toString());
    byte[] bytes = Files.readAllBytes(first.resolve("transform.json"));
    assertArrayEquals(bytes, Files.readAllBytes(second.resolve("transform.json")));
    assertArrayEquals(bytes, Files.readAllBytes(third.resolve("transform.json")));
  }

  @Test
  void theFileCanBeReadByAPerson() throws IOException {
    FITTED.write(folder.toString());
    JsonNode tree = Json.tree(Files.readString(folder.resolve("transform.json")), "test");
    assertEquals(2, tree.get("format-version").asInt());
    assertEquals(FITTED.hash(), tree.get("hash").asText());
    assertEquals("yyyy-MM-dd", tree.at("/inputs/1/date-form").asText());
    assertEquals(2, tree.at("/features/0/null-if-flagged/part").asInt());
    JsonNode precipitation = tree.at("/numeric/0");
    assertEquals("PRCP", precipitation.get("column").asText());
    assertEquals(0.0, precipitation.at("/steps/0/impute-constant/value").asDouble());
    assertEquals("min-max", precipitation.at("/steps/1").asText());
    assertTrue(precipitation.get("indicator").asBoolean());
    assertEquals(0.0, tree.at("/numeric/1/statistics/quantiles/relative-error").asDouble());
    assertTrue(tree.at("/numeric/1/statistics/quantiles/median").isNumber());
    assertTrue(tree.at("/numeric/2/statistics/quantiles/median").isMissingNode());
    assertEquals(0.0, tree.at("/numeric/5/statistics/quantiles/relative-error").asDouble(-1));
    assertEquals(0.9, tree.at("/numeric/5/statistics/quantiles/values/1/share").asDouble());
    assertTrue(tree.at("/numeric/5/statistics/quantiles/values/1/value").isNumber());
    assertEquals(7, tree.at("/nominal/1/steps/0/quantile-bins/bins").asInt());
    assertEquals(6, tree.at("/nominal/1/edges").size());
    assertEquals(0.0, tree.at("/nominal/1/statistics/quantiles/relative-error").asDouble(-1));
    assertTrue(tree.at("/nominal/1/distinct").isMissingNode());
    assertEquals(
        ((NominalEncoder) FITTED.nominal().get(0)).vocabulary().entries().get(0).value(),
        tree.at("/nominal/0/vocabulary/0/value").asText());
    assertEquals("regression", tree.at("/label/kind").asText());
    assertEquals(500, tree.at("/label/statistics/count").asLong());
  }

  @Test
  void aChangedFileIsRefused() throws IOException {
    FITTED.write(folder.toString());
    Path file = folder.resolve("transform.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replace("\"indicator\" : true", "\"indicator\" : false"));
    String message =
        assertThrows(IOException.class, () -> FittedTransform.read(folder.toString())).getMessage();
    assertTrue(message.startsWith("Cannot read "), message);
    assertTrue(
        message.endsWith("it was changed after it was written (its hash does not fit)"), message);
  }

  @Test
  void anUnknownKeyOrVersionIsRefused() throws IOException {
    FITTED.write(folder.toString());
    Path file = folder.resolve("transform.json");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"keep\"", "\"extra\" : 1, \"keep\""));
    String unknown =
        assertThrows(IOException.class, () -> FittedTransform.read(folder.toString())).getMessage();
    assertTrue(unknown.contains("unknown key 'extra' (known keys: ["), unknown);
    Files.writeString(file, text.replaceFirst("\"format-version\" : 2", "\"format-version\" : 3"));
    String version =
        assertThrows(IOException.class, () -> FittedTransform.read(folder.toString())).getMessage();
    assertTrue(version.endsWith("this Almanac reads format-version 2 (3 found)"), version);
  }

  @Test
  void aFolderWithoutATransformIsNamed() {
    String message =
        assertThrows(IOException.class, () -> FittedTransform.read(folder.toString())).getMessage();
    assertEquals("Cannot read transform " + folder + ": it has no transform.json", message);
  }

  @Test
  void aLargeVocabularyStandsInAFileOfItsOwn() throws IOException {
    FittedTransform fitted = manyStations();
    fitted.write(folder.toString());
    Path file = folder.resolve("vocabulary/000-STATION_ID__.jsonl");
    List<String> lines = Files.readAllLines(file);
    assertEquals(1500, lines.size());
    assertEquals("{\"value\":\"s 0\\n\",\"count\":2}", lines.get(0));
    FittedTransform read = FittedTransform.read(folder.toString());
    assertEquals(fitted, read);
    assertEquals(fitted.hash(), read.hash());

    Files.writeString(file, Files.readString(file).replace("\"count\":2", "\"count\":3"));
    String message =
        assertThrows(IOException.class, () -> FittedTransform.read(folder.toString())).getMessage();
    assertTrue(message.contains("000-STATION_ID__.jsonl: it was changed"), message);
  }

  @Test
  void oneProcessHoldsOneCopy() throws IOException {
    FittedTransform fitted = manyStations();
    fitted.write(folder.resolve("one").toString());
    fitted.write(folder.resolve("two").toString());
    FittedTransform one = FittedTransform.shared(folder.resolve("one").toString());
    assertEquals(fitted, one);
    assertSame(one, FittedTransform.shared(folder.resolve("one").toString()));
    assertSame(one, FittedTransform.shared(folder.resolve("two").toString()));
  }

  private static FittedTransform manyStations() {
    List<SourceColumn> source =
        List.of(
            new SourceColumn("STATION ID/\u00fc", ColumnType.STRING, null, true),
            new SourceColumn("Y", ColumnType.LONG, null, false));
    FitPlan plan =
        FitPlan.of(
            source,
            List.of(),
            new ModelColumns(
                "Y", LabelKind.BINARY, List.of(), List.of("STATION ID/\u00fc"), List.of()),
            FitSteps.DEFAULT);
    String[] stations =
        IntStream.rangeClosed(0, 1500).mapToObj(i -> "s " + i % 1500 + "\n").toArray(String[]::new);
    ColumnBatch train =
        ColumnBatch.of(
            SourceColumn.schema(source),
            StringColumn.of(stations),
            LongColumn.of(IntStream.range(0, stations.length).mapToLong(i -> i % 2).toArray()));
    return Weather.fitted(plan, train);
  }
}
