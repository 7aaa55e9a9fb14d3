package dev.almanac.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.StudyFiles;
import dev.almanac.pipelines.report.page.StudyPage;
import dev.almanac.pipelines.report.page.StudyView;
import dev.almanac.training.run.Spread;
import dev.almanac.training.search.StudyRecord;
import dev.almanac.training.search.importance.Importances;
import dev.almanac.transforms.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class StudyPageTest {
  private static final List<StudyView.Segment> SEGMENTS =
      List.of(
          new StudyView.Segment(0, 0, 1_000, 5_000, 0, 9, "finished"),
          new StudyView.Segment(3, 1, 1_500, 2_500, 0, 3, "pruned"));

  @TempDir Path folder;

  private StudyRecord study(int trials, String goal) throws IOException {
    Path at = folder.resolve("study-" + trials + goal);
    new StudyFiles(at).write("a <study>", trials, goal);
    return StudyRecord.read(at.toString());
  }

  private static String page(StudyRecord study, StudyView.Winner winner) {
    return page(study, winner, List.of());
  }

  private static String page(
      StudyRecord study, StudyView.Winner winner, List<StudyView.Confirmed> confirmed) {
    return StudyPage.text(
        new StudyView(
            study,
            Importances.of(study.space().orElseThrow(), study.goal(), study.trials()).orElse(null),
            study.trials().size() > 3 ? SEGMENTS : List.of(),
            winner,
            confirmed,
            false,
            "my configs/it's.yaml"));
  }

  private static Document main(String html) throws Exception {
    String body = html.substring(html.indexOf("<main>"), html.indexOf("</main>") + 7);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode data(String html) throws IOException {
    String start = "<script type=\"application/json\" id=\"charts\">";
    int from = html.indexOf(start) + start.length();
    return Json.tree(html.substring(from, html.indexOf("</script>", from)), "data");
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
  void pagesOfNoneToManyTrialsAreWellFormedAndFetchNothing() throws Exception {
    for (int trials : List.of(0, 1, 2, 40, 2_000)) {
      String html = page(study(trials, "minimize"), null);
      main(html);
      assertEquals(trials, data(html).get("trials").size());
      assertFalse(html.contains("{{"), "a place of the template was not filled");
      assertFalse(
          Pattern.compile("(?i)\\b(src|href)\\s*=\\s*[\"']?\\s*(https?:)?//").matcher(html).find());
      String style = html.substring(html.indexOf("<style>"), html.indexOf("</style>"));
      assertFalse(style.contains("url(") || style.contains("@import"));
      assertTrue(html.contains("default-src 'none'"));
    }
  }

  @Test
  void whatTrialsHoldNeverBecomesMarkup() throws Exception {
    String html = page(study(40, "minimize"), null);
    Document document = main(html);
    assertEquals(List.of(), elements(document, "img"));
    assertEquals(3, html.split("</script>", -1).length - 1, "the page's own scripts end, no other");
    for (Element element : elements(document, "*")) {
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        assertFalse(element.getAttributes().item(i).getNodeName().startsWith("on"));
      }
    }
    assertTrue(document.getDocumentElement().getTextContent().contains(StudyFiles.HOSTILE));
  }

  @Test
  void theTableHasEveryTrialTheBestFirstAndADashForWhatATrialLacks() throws Exception {
    StudyRecord study = study(40, "minimize");
    List<Element> rows =
        elements(main(page(study, null)), "tr").stream()
            .filter(row -> row.hasAttribute("data-trial"))
            .toList();
    assertEquals(40, rows.size());
    assertEquals(
        study.ranked().stream().map(t -> Integer.toString(t.number())).toList(),
        rows.subList(0, study.ranked().size()).stream()
            .map(row -> row.getAttribute("data-trial"))
            .toList());
    for (Element row : rows) {
      boolean hasHeads =
          study
              .trials()
              .get(Integer.parseInt(row.getAttribute("data-trial")))
              .assignment()
              .containsKey("train.model.heads");
      assertEquals(!hasHeads, row.getTextContent().contains("\u2013"), row.getTextContent());
    }
  }

  @Test
  void theBestIsTheOneThatTheGoalPrefers() throws Exception {
    for (String goal : List.of("minimize", "maximize")) {
      StudyRecord study = study(40, goal);
      String best = "trial %s".formatted(study.best().orElseThrow().number());
      assertTrue(main(page(study, null)).getDocumentElement().getTextContent().contains(best));
    }
  }

  @Test
  void theWinnerNamesItsRunItsDatasetItsTestAndTheCommandThatTrainsItAgain() throws Exception {
    StudyRecord study = study(40, "minimize");
    int best = study.best().orElseThrow().number();
    String text =
        main(page(study, winner(best, "run-" + best))).getDocumentElement().getTextContent();
    assertTrue(text.contains("The winner, trial " + best), text);
    assertTrue(text.contains("of dataset out/d"));
    assertTrue(text.contains("On the test split: mae 2.5"));
    assertTrue(text.contains("almanac runs rerun 'my configs/it'\\''s.yaml' run-" + best), text);
  }

  private static StudyView.Winner winner(int best, String run) {
    return new StudyView.Winner(best, run, "out/d", Map.of("mae", 2.5), List.of());
  }

  @Test
  void whatFreshSeedsSaidStandsBesideWhatTheSearchSaid() throws Exception {
    StudyRecord study = study(40, "minimize");
    int best = study.best().orElseThrow().number();
    List<StudyView.Confirmed> confirmed =
        List.of(new StudyView.Confirmed(best, Spread.of(List.of(21.25, 21.75, 22.0))));
    String html = page(study, winner(best, "run-seed"), confirmed);
    String text = main(html).getDocumentElement().getTextContent();
    assertTrue(text.contains("21.25, 21.75, 22.00"), text);
    assertTrue(text.contains("21.67"), text);
    assertTrue(text.contains("The mean of 3 trainings with fresh seeds; in the search"), text);
    assertTrue(text.contains("rerun 'my configs/it'\\''s.yaml' run-seed"), text);
    assertEquals(3, data(html).get("confirmed").get(0).get("values").size());
    assertTrue(
        main(page(study, null, confirmed))
            .getDocumentElement()
            .getTextContent()
            .contains("21.25, 21.75, 22.00"),
        "while there is no winner");
  }

  @Test
  void everyPictureHasItsPlaceANameAndNoIdStandsTwice() throws Exception {
    Document document = main(page(study(40, "minimize"), null));
    Set<String> ids = new HashSet<>();
    for (Element element : elements(document, "*")) {
      if (element.hasAttribute("id")) {
        assertTrue(ids.add(element.getAttribute("id")), element.getAttribute("id"));
      }
      if (element.getAttribute("role").equals("img")) {
        assertFalse(element.getAttribute("aria-label").isBlank());
      }
    }
    for (String id :
        List.of("history-plot", "parallel-plot", "slice-plots", "curves-plot", "workers-plot")) {
      assertTrue(ids.contains(id), id);
    }
  }

  @Test
  void aLogarithmicParameterIsDrawnOnALogarithmicAxisAndListsAsCategories() throws Exception {
    JsonNode parameters = data(page(study(40, "minimize"), null)).get("params");
    for (JsonNode parameter : parameters) {
      switch (parameter.get("label").asText()) {
        case "learning-rate" -> assertTrue(parameter.get("log").asBoolean());
        case "family" -> assertEquals(3, parameter.get("categories").size());
        case "hidden" -> assertEquals("[64,64]", parameter.get("categories").get(0).asText());
        default -> assertFalse(parameter.get("log").asBoolean(), parameter.toString());
      }
    }
    assertEquals(4, parameters.size());
  }

  @Test
  void curvesOfManyTrialsGetFewerPoints() throws Exception {
    int points = 0;
    for (JsonNode trial : data(page(study(2_000, "minimize"), null)).get("trials")) {
      points += trial.get("reports").size();
    }
    assertTrue(points <= 60_000, "points: " + points);
  }
}
