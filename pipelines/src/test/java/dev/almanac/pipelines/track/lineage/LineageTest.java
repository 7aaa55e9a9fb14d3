package dev.almanac.pipelines.track.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.pipelines.cli.SmallConfig;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.json.Json;
import io.openlineage.server.OpenLineage.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
  /** As a server of OpenLineage reads events: a key that its schema has not is refused. */
  private static final JsonMapper SERVER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @TempDir Path folder;

  @Test
  void whatIsPreparedTrainedAndPredictedIsToldColumnByColumn() throws Exception {
    String config =
        SmallConfig.write(folder, SmallConfig.TEXT + "track: {openlineage: lineage.jsonl}\n");
    Path source = folder.resolve("source/small.csv");
    String dataset = Call.of("prepare", config, "--json").dataset().folder();
    String id = Call.of("train", config, "--json").result().get("run-id").asText();
    Call.of("evaluate", config, "--json").result();
    Call.of(
            "predict",
            config,
            "--json",
            "--input",
            source.toString(),
            "--output",
            folder.resolve("predicted").toString())
        .result();
    List<JsonNode> events = events(Files.readAllLines(folder.resolve("lineage.jsonl")));
    assertEquals(
        List.of(
            "START small.prepare",
            "COMPLETE small.prepare",
            "START small.train",
            "COMPLETE small.train",
            "START small.predict",
            "COMPLETE small.predict"),
        said(events));
    JsonNode prepared = events.get(1);
    JsonNode read = prepared.at("/inputs/0");
    assertEquals("file", read.path("namespace").asText());
    assertEquals(folder.resolve("source").toString(), read.path("name").asText());
    assertEquals(3000, read.at("/inputFacets/dataQualityMetrics/rowCount").asLong());
    assertEquals(Files.size(source), read.at("/inputFacets/inputStatistics/size").asLong());
    assertEquals("day date, a double, b double, color string, y double", schema(read));
    JsonNode made = prepared.at("/outputs/0");
    assertEquals(folder.resolve("out/small").toString(), made.path("name").asText());
    assertEquals(
        Path.of(dataset).getFileName().toString(),
        made.at("/facets/version/datasetVersion").asText());
    assertEquals(3000, made.at("/outputFacets/outputStatistics/rowCount").asLong());
    JsonNode lineage = made.at("/facets/columnLineage");
    for (String column : List.of("a", "b", "color", "y")) {
      assertEquals(Set.of(column), fields(lineage.path("fields").path(column)), column);
    }
    assertEquals(4, lineage.path("fields").size());
    assertEquals("day", lineage.at("/dataset/0/field").asText());
    assertEquals("FILTER", lineage.at("/dataset/0/transformations/0/subtype").asText());

    JsonNode trained = events.get(3);
    assertEquals(made.path("name"), trained.at("/inputs/0/name"));
    assertEquals(
        made.at("/facets/version/datasetVersion"),
        trained.at("/inputs/0/facets/version/datasetVersion"));
    assertEquals(made.at("/facets/schema/fields"), trained.at("/inputs/0/facets/schema/fields"));
    assertEquals(2000, trained.at("/inputs/0/inputFacets/dataQualityMetrics/rowCount").asLong());
    assertEquals(
        2000,
        trained.at("/inputs/0/inputFacets/dataQualityMetrics/columnMetrics/y/count").asLong());
    Run run = new RunStore(folder.resolve("runs").toString()).open(id);
    JsonNode model = trained.at("/outputs/0");
    assertEquals(run.path(Run.MODEL), model.path("name").asText());
    assertEquals(run.record().finished(), trained.path("eventTime").asText());

    JsonNode predicted = events.get(5);
    assertEquals(source.toString(), predicted.at("/inputs/0/name").asText());
    assertEquals(model.path("name"), predicted.at("/inputs/1/name"));
    assertEquals(
        Set.of("a", "b", "color", "prediction"),
        fields(predicted.at("/outputs/0/facets/columnLineage/fields/prediction")));
    assertEquals(3000, predicted.at("/outputs/0/outputFacets/outputStatistics/rowCount").asLong());
  }

  @Test
  void whatAServerMissedIsSentInItsOrderWhenItIsBack() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    String down;
    try (EventServer gone = new EventServer()) {
      down = "track.openlineage=" + gone.uri();
    }
    Call prepared = Call.of("prepare", config, "--json", "--set", down);
    assertEquals(0, prepared.status(), prepared::err);
    assertEquals(1, prepared.err().split("sent later", -1).length - 1, prepared::err);
    Call trained = Call.of("train", config, "--json", "--set", down);
    String id = trained.result().get("run-id").asText();
    assertEquals(1, trained.err().split("sent later", -1).length - 1, trained::err);
    // As a kill leaves it.
    Run run = new RunStore(folder.resolve("runs").toString()).open(id);
    run.write(run.record().resumed());
    try (EventServer server = new EventServer()) {
      String up = "track.openlineage=" + server.uri() + "/";
      Call.of("runs", "sync", config, "--json", "--set", up).result();
      List<JsonNode> events = events(server.events);
      assertEquals(
          Set.of(
              "START small.prepare",
              "COMPLETE small.prepare",
              "START small.train",
              "FAIL small.train"),
          Set.copyOf(said(events)));
      assertEquals(
          List.of("START small.prepare", "COMPLETE small.prepare"),
          said(events).stream().filter(event -> event.endsWith("prepare")).toList());
      JsonNode lost =
          events.stream()
              .filter(event -> event.path("eventType").asText().equals("FAIL"))
              .findFirst()
              .orElseThrow();
      assertTrue(lost.at("/run/facets/errorMessage/message").isTextual(), lost::toString);
      Call again = Call.of("runs", "sync", config, "--json", "--set", up);
      assertEquals(0, again.result().get("sent").asInt());
      assertEquals(4, server.events.size());
      // A run that goes on after its end is another one there, with a beginning and an end.
      assertEquals(0, Call.of("train", config, "--resume", id, "--set", up).status());
      assertEquals(
          List.of("START small.train", "COMPLETE small.train"),
          said(events(server.events.subList(4, 6))));
      assertEquals(3, runs(events(server.events)).size());
    }
  }

  @Test
  void whyNoDatasetWasMadeIsTold() throws Exception {
    String config =
        SmallConfig.write(folder, SmallConfig.TEXT.replace("nominal: [color]", "nominal: [c]"));
    try (EventServer server = new EventServer()) {
      Call failed = Call.of("prepare", config, "--set", "track.openlineage=" + server.uri());
      assertEquals(2, failed.status(), failed::err);
      List<JsonNode> events = events(server.events);
      assertEquals(List.of("START small.prepare", "FAIL small.prepare"), said(events));
      assertTrue(
          events.get(1).at("/run/facets/errorMessage/message").asText().contains("Cannot prepare"),
          events::toString);
    }
  }

  @Test
  void anEventThatIsRefusedForGoodIsSaidAndNotKept() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    try (EventServer server = new EventServer()) {
      server.answer = 422;
      String to = "track.openlineage=" + server.uri();
      Call refused = Call.of("prepare", config, "--json", "--set", to);
      assertEquals(0, refused.status(), refused::err);
      assertTrue(refused.err().contains("refused by 422"), refused::err);
      server.answer = 201;
      Call sync = Call.of("runs", "sync", config, "--json", "--set", to);
      assertEquals(0, sync.result().get("sent").asInt());
      assertEquals(List.of(), server.events);
    }
  }

  @Test
  void aServerIsToldWhoAsks() throws Exception {
    try (EventServer server = new EventServer()) {
      LineageTarget.of(server.uri(), "secret").send("{}");
      LineageTarget.of(server.uri() + "/api/v1/lineage", null).send("{}");
      assertEquals(List.of("Bearer secret", "null"), server.keys);
    }
  }

  @Test
  void dataIsNamedAsOpenLineageNamesIt() {
    assertEquals(
        new Place("s3://lake", "out/small", "20240501T100000Z"),
        Place.of("s3://lake/out/small/20240501T100000Z"));
    assertEquals(new Place("s3://lake", "/", null), Place.of("s3://lake"));
    assertEquals(new Place("file", "/data/out", null), Place.of("/data/out/"));
    assertEquals(
        List.of(new Place("s3://lake", "raw/2024", null), new Place("file", "/data/b", null)),
        Place.read(List.of("s3://lake/raw/2024/*.csv", "/data/b/x.csv", "/data/b/y.csv")));
    assertEquals(
        List.of(new Place("file", "/data/one.csv", null)), Place.read(List.of("/data/one.csv")));
    assertNull(Place.of("/data/out").version());
  }

  @Test
  void anAddressOfAnotherKindIsRefused() throws Exception {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    Call refused = Call.of("prepare", config, "--set", "track.openlineage=s3://lake/lineage.jsonl");
    assertEquals(2, refused.status());
    assertTrue(
        refused.err().contains("track.openlineage: must be a server's address"), refused::err);
  }

  /** Each as the server's model has it. */
  private static List<JsonNode> events(List<String> lines) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines) {
      RunEvent event = SERVER.readValue(line, RunEvent.class);
      assertEquals(0, event.getAdditionalProperties().size(), line);
      JsonNode tree = Json.tree(line, "an event");
      for (String facets : List.of("/run/facets", "/job/facets", "/outputs/0/facets")) {
        for (JsonNode facet : tree.at(facets)) {
          assertTrue(facet.path("_producer").isTextual() && facet.path("_schemaURL").isTextual());
        }
      }
      events.add(tree);
    }
    return events;
  }

  private static List<String> said(List<JsonNode> events) {
    return events.stream()
        .map(event -> event.path("eventType").asText() + " " + event.at("/job/name").asText())
        .toList();
  }

  private static Set<String> runs(List<JsonNode> events) {
    Set<String> runs = new HashSet<>();
    events.forEach(event -> runs.add(event.at("/run/runId").asText()));
    return runs;
  }

  private static String schema(JsonNode dataset) {
    List<String> fields = new ArrayList<>();
    for (JsonNode field : dataset.at("/facets/schema/fields")) {
      fields.add(field.path("name").asText() + " " + field.path("type").asText());
    }
    return String.join(", ", fields);
  }

  private static Set<String> fields(JsonNode column) {
    Set<String> fields = new HashSet<>();
    column.path("inputFields").forEach(field -> fields.add(field.path("field").asText()));
    return fields;
  }
}
