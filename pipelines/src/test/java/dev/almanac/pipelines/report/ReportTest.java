package dev.almanac.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.S3Server;
import dev.almanac.pipelines.report.measure.MeanInterval;
import dev.almanac.pipelines.report.measure.WeatherRows;
import dev.almanac.pipelines.report.page.Digits;
import dev.almanac.training.evaluate.Importance;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunOutcome;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunState;
import dev.almanac.training.run.RunStatus;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ReportTest {
  private static final String HOSTILE = "</script><b>bold";

  @TempDir static Path folder;
  private static RunFixture.Contents contents;
  private static RunFixture fixture;
  private static String page;

  @BeforeAll
  static void write() throws IOException {
    contents =
        StationRows.temperatures(
            StationRows.names(36, HOSTILE, "\"quoted\" & 'more'"),
            LocalDate.of(2015, 1, 1),
            LocalDate.of(2016, 8, 1));
    fixture = new RunFixture(folder.resolve("numbers").toString());
    fixture.write(contents);
    page = Storage.readText(Report.write(fixture.runFolder()));
  }

  /** What lies between the body's main tags, which must be well-formed XML too. */
  private static Document main(String html) throws Exception {
    String body = html.substring(html.indexOf("<main>"), html.indexOf("</main>") + 7);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode charts(String html) throws IOException {
    String start = "<script type=\"application/json\" id=\"charts\">";
    int from = html.indexOf(start) + start.length();
    return Json.tree(html.substring(from, html.indexOf("</script>", from)), "charts");
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  @Test
  void thePageIsOneFileInTheRunsFolder() throws IOException {
    assertTrue(Storage.exists(Storage.resolve(fixture.runFolder(), "report.html")));
    assertTrue(page.startsWith("<!DOCTYPE html>"));
    assertTrue(page.endsWith("</html>\n"));
    assertFalse(page.contains("{{"), "a place of the template was not filled");
  }

  @Test
  void nothingIsFetched() {
    Matcher links =
        Pattern.compile("(?i)\\b(src|href)\\s*=\\s*[\"']?\\s*(https?:)?//").matcher(page);
    assertFalse(links.find());
    String style = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
    assertFalse(style.contains("url(") || style.contains("@import"));
    assertTrue(page.contains("default-src 'none'"));
  }

  @Test
  void theBodyIsWellFormedAndEveryPictureHasItsPlace() throws Exception {
    Document document = main(page);
    List<String> figures =
        elements(document, "figure").stream().map(figure -> figure.getAttribute("id")).toList();
    charts(page)
        .fieldNames()
        .forEachRemaining(id -> assertTrue(figures.contains(id), "no figure for " + id));
    for (String id :
        List.of("predicted", "residuals", "by-month", "over-time", "by-group-0", "loss")) {
      assertNotNull(charts(page).get(id), id);
    }
  }

  @Test
  void everyPictureOfErrorsHasATableForReadersWithoutScripts() throws Exception {
    for (Element figure : elements(main(page), "figure")) {
      String id = figure.getAttribute("id");
      // The table of the worst groups stands beside their picture.
      if (!List.of("loss", "metric", "learning-rate", "worst-0").contains(id)) {
        assertTrue(figure.getElementsByTagName("td").getLength() > 0, figure.getAttribute("id"));
      }
    }
    assertTrue(page.contains("Numbers of every epoch"));
  }

  @Test
  void theMetricsStandBesideThoseOfTheBaselines() throws Exception {
    List<String> numbers =
        elements(main(page), "td").stream().map(Element::getTextContent).toList();
    double mae = contents.metrics().get("mae");
    assertTrue(numbers.contains(Digits.of(mae).text(mae)));
    for (RunOutcome.Baseline baseline : contents.baselines().values()) {
      double compared = baseline.metrics().get("mae");
      assertTrue(numbers.contains(Digits.of(mae).text(compared)));
      assertTrue(numbers.contains(Digits.share(1 - mae / compared) + " lower"));
    }
  }

  @Test
  void binsAreShownByTheirEdges() throws Exception {
    List<String> chips =
        elements(main(page), "span").stream()
            .filter(span -> span.getAttribute("class").equals("chip"))
            .map(Element::getTextContent)
            .toList();
    String first = chips.stream().filter(chip -> chip.startsWith("below ")).findFirst().get();
    assertTrue(chips.contains(first.replace("below", "from")), chips::toString);
    assertEquals(7, chips.stream().filter(chip -> chip.startsWith("from ")).count());
    assertTrue(page.contains("quantile-bins"));
  }

  @Test
  void everyRowOfTheLedgerIsShown() throws Exception {
    String text = main(page).getDocumentElement().getTextContent();
    long read = contents.ledgers().stream().mapToLong(ledger -> ledger.rows().read()).sum();
    long dropped = contents.ledgers().stream().mapToLong(ledger -> ledger.rows().dropped()).sum();
    assertTrue(text.contains(Digits.count(read) + " rows were read from 36 source files"));
    assertTrue(text.contains("dropped" + Digits.count(dropped)));
    assertTrue(text.contains("every row is accounted for"));
    assertTrue(text.contains("not-a-number"));
  }

  @Test
  void theRunCanBeTracedToItsDataAndCode() throws Exception {
    String text = main(page).getDocumentElement().getTextContent();
    RunRecord record = Run.open(fixture.runFolder()).record();
    for (String exact :
        List.of(
            record.runId(),
            record.dataset().path(),
            record.dataset().hash(),
            record.dataset().transformHash(),
            record.code().almanac().commit(),
            record.versions().pytorch())) {
      assertTrue(text.contains(exact), exact);
    }
    assertTrue(text.contains("files: [data/ghcn-daily/*.csv.gz]"), "the config as YAML");
  }

  @Test
  void namesThatAreMarkupStayText() throws Exception {
    assertFalse(page.contains(HOSTILE));
    assertTrue(
        elements(main(page), "td").stream().anyMatch(td -> HOSTILE.equals(td.getTextContent())));
    List<String> labels = new ArrayList<>();
    charts(page).get("by-group-0").get("data").get("labels").forEach(l -> labels.add(l.asText()));
    assertTrue(labels.contains(HOSTILE));
    assertTrue(labels.contains("\"quoted\" & 'more'"));
  }

  @Test
  void writingTwiceGivesTheSameBytes() throws IOException {
    assertEquals(page, Storage.readText(Report.write(fixture.runFolder())));
  }

  @Test
  void classesHaveAConfusionMatrixAndACalibration() throws Exception {
    for (List<String> classes :
        List.of(List.of("dry", "<rain>"), List.of("drizzle", "fog", "rain"))) {
      RunFixture other = new RunFixture(folder.resolve("classes-" + classes.size()).toString());
      other.write(
          WeatherRows.classes(
              StationRows.names(5), classes, LocalDate.of(2015, 1, 1), LocalDate.of(2015, 3, 1)));
      String html = Storage.readText(Report.write(other.runFolder()));
      assertTrue(
          elements(main(html), "figure").stream()
              .anyMatch(figure -> figure.getAttribute("id").equals("confusion")));
      assertNotNull(charts(html).get("calibration"));
      assertNotNull(charts(html).get("probabilities"));
      assertFalse(html.contains("<rain>"));
    }
  }

  @Test
  void repeatsGiveTheCurvesABandAndTheMetricsAnInterval() throws Exception {
    RunFixture repeats = new RunFixture(folder.resolve("repeats").toString());
    repeats.write(contents);
    Run first = Run.open(repeats.runFolder());
    double mae = first.record().metrics().get("test").get("mae");
    List<Double> losses = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      double factor = 1 + 0.05 * (number - 1);
      String own = number == 1 ? "run" : "run-" + number;
      RunFixture.repeat(repeats.folder(), own, first, number, factor);
      losses.add(factor * first.epochs().get(4).validationLoss());
    }
    String html = Storage.readText(Report.write(repeats.runFolder()));
    JsonNode validation = charts(html).at("/loss/data/series/1");
    MeanInterval expected = MeanInterval.of(losses);
    assertEquals(expected.mean(), validation.at("/values/4").doubleValue(), 1e-5);
    assertEquals(expected.low(), validation.at("/low/4").doubleValue(), 1e-5);
    assertEquals(expected.high(), validation.at("/high/4").doubleValue(), 1e-5);
    assertFalse(charts(html).at("/learning-rate/data/series/0").has("low"));
    assertFalse(charts(page).at("/loss/data/series/1").has("low"), "one run has no band");
    String text = main(html).getDocumentElement().getTextContent();
    assertTrue(
        text.contains("one of 3 runs that differ in their seeds (42, 43, 44), the one with"));
    MeanInterval of = MeanInterval.of(List.of(mae, 1.05 * mae, 1.1 * mae));
    assertTrue(text.contains("Mean of 3 seeds: " + Digits.of(mae).text(of.mean())), text);
    assertTrue(
        main(Storage.readText(Report.write(repeats.folder() + "/run-2")))
            .getDocumentElement()
            .getTextContent()
            .contains("not the one with the lowest validation loss, which is"));
  }

  @Test
  void importanceIsDrawnFromTheMostToTheLeast() throws Exception {
    RunFixture other = new RunFixture(folder.resolve("importance").toString());
    other.write(contents);
    Map<String, List<Double>> rain = Map.of("mae", List.of(26.0, 26.5, 27.0));
    Map<String, List<Double>> low = Map.of("mae", List.of(60.0, 61.0, 65.0));
    Storage.writeText(
        Storage.resolve(other.runFolder(), Importance.FILE),
        Json.pretty(
            new Importance(
                Importance.FORMAT_VERSION,
                "test",
                5_000,
                20_880,
                42,
                Map.of("mae", 25.0),
                List.of(
                    new Importance.Source("<PRCP>", List.of("PRCP", "PRCP.log"), rain),
                    new Importance.Source("TMIN", List.of("TMIN"), low)))));
    other.write(Run.open(other.runFolder()).record());
    String html = Storage.readText(Report.write(other.runFolder()));
    JsonNode data = charts(html).at("/importance-columns/data");
    assertEquals("[\"TMIN\",\"<PRCP>\"]", data.get("labels").toString());
    assertEquals("[37.0,1.5]", data.get("mean").toString());
    assertEquals(Math.sqrt(7), data.at("/sd/0").doubleValue(), 1e-4);
    assertEquals(0.5, data.at("/sd/1").doubleValue());
    String text = main(html).getDocumentElement().getTextContent();
    assertTrue(text.contains("on 5,000 of 20,880 test rows, where MAE is 25"), text);
    assertTrue(text.contains("PRCP, PRCP.log"));
    assertFalse(page.contains("Permutation importance"), "a run without the file says nothing");
  }

  @Test
  void theWorstGroupsStandBesideTheLinearBaselineAndTheirTrainRows() throws Exception {
    JsonNode data = charts(page).at("/worst-0/data");
    assertEquals(15, data.get("labels").size());
    for (int i = 1; i < 15; i++) {
      assertTrue(data.at("/size/" + (i - 1)).doubleValue() >= data.at("/size/" + i).doubleValue());
    }
    assertEquals(15, data.get("linear").size());
    data.get("train").forEach(rows -> assertEquals(730, rows.intValue()));
    List<String> heads = elements(main(page), "th").stream().map(Element::getTextContent).toList();
    assertTrue(heads.contains("linear MAE") && heads.contains("train rows"), heads::toString);
  }

  @Test
  void aRunThatWasNotEvaluatedShowsItsValidation() throws Exception {
    RunFixture other = new RunFixture(folder.resolve("not-evaluated").toString());
    other.write(contents);
    RunRecord record = Run.open(other.runFolder()).record();
    Storage.deleteFolder(Storage.resolve(other.runFolder(), Run.PREDICTIONS));
    other.write(
        changed(
            record,
            RunStatus.FINISHED,
            null,
            Map.of("validation", record.metrics().get("validation"))));
    String text =
        main(Storage.readText(Report.write(other.runFolder())))
            .getDocumentElement()
            .getTextContent();
    assertTrue(text.contains("the run was not evaluated on the test split"));
    assertFalse(text.contains("Where it is wrong"));
  }

  @Test
  void aRunThatFailedSaysWhyAndAMissingDatasetIsNamed() throws Exception {
    RunFixture other = new RunFixture(folder.resolve("failed").toString());
    other.write(contents);
    RunRecord record = Run.open(other.runFolder()).record();
    Storage.deleteFolder(Storage.resolve(other.runFolder(), Run.PREDICTIONS));
    Storage.delete(List.of(Storage.resolve(other.runFolder(), Run.EPOCHS)));
    Storage.deleteFolder(record.dataset().path());
    other.write(changed(record, RunStatus.FAILED, "the loss is <not> a number", Map.of()));
    String text =
        main(Storage.readText(Report.write(other.runFolder())))
            .getDocumentElement()
            .getTextContent();
    assertTrue(text.contains("It failed: the loss is <not> a number"));
    assertTrue(text.contains("No epoch was finished."));
    assertTrue(text.contains("dataset %s: it is gone".formatted(record.dataset().path())));
  }

  @Test
  void aRunOnS3HasItsReportThere() throws Exception {
    try (S3Server server = new S3Server(folder.resolve("buckets"), "reports")) {
      RegionLookup.setUp(
          () ->
              PipelineOptionsFactory.fromArgs(server.beamOptions().toArray(String[]::new)).create(),
          true);
      RunFixture remote = new RunFixture("s3://reports/all");
      remote.write(contents);
      String path = Report.write(remote.runFolder());
      assertEquals("s3://reports/all/run/report.html", path);
      assertEquals(charts(page), charts(Storage.readText(path)));
    }
  }

  private static RunRecord changed(
      RunRecord record, RunStatus status, String reason, Map<String, Map<String, Double>> metrics) {
    return new RunRecord(
        record.formatVersion(),
        record.runId(),
        new RunState(status, reason, null, null, record.created(), record.finished()),
        record.series(),
        record.recipe(),
        record.machine(),
        new RunOutcome(status == RunStatus.FAILED ? null : record.result(), metrics, Map.of()),
        record.files());
  }
}
