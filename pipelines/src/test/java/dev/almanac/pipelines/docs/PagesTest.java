package dev.almanac.pipelines.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.Launched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a page points to is there, and what it shows of Java is compiled and run by a test. */
class PagesTest {
  private static final Set<String> LANGUAGES =
      Set.of("sh", "java", "yaml", "python", "mermaid", "text");
  private static final int WIDTH = 120;
  private static final Pattern PAGE_IN_CODE = Pattern.compile("[\\w./-]*[A-Za-z]\\.md\\b");

  private static List<Markdown> pages;

  @BeforeAll
  static void read() throws IOException {
    pages = Markdown.all();
  }

  @Test
  void everyLinkLeadsToAFileAndAHeadingThatAreThere() {
    assertTrue(pages.stream().anyMatch(page -> page.path().startsWith("docs/")));
    assertEquals(List.of(), pages.stream().flatMap(page -> broken(page).stream()).toList());
  }

  private static List<String> broken(Markdown page) {
    List<String> broken = new ArrayList<>();
    for (Markdown.Piece link : page.links()) {
      if (link.text().matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.text().split("#", 2);
      Path file = Launched.ROOT.resolve(page.path()).resolveSibling(parts[0]).normalize();
      String path =
          parts[0].isEmpty() ? page.path() : Launched.ROOT.normalize().relativize(file).toString();
      boolean there = parts[0].isEmpty() || Files.exists(file);
      if (!there || parts.length > 1 && !anchors(path).contains(parts[1])) {
        broken.add("%s leads to %s".formatted(link.place(), link.text()));
      }
    }
    return broken;
  }

  private static Set<String> anchors(String path) {
    return pages.stream()
        .filter(page -> page.path().equals(path))
        .findFirst()
        .map(Markdown::anchors)
        .orElse(Set.of());
  }

  @Test
  void everyPageInDocsIsReachedFromTheReadme() {
    Set<String> reached = new TreeSet<>();
    for (Markdown page : pages) {
      if (page.path().equals("README.md")) {
        page.links().forEach(link -> reached.add(link.text().split("#", 2)[0]));
      }
    }
    assertEquals(
        List.of(),
        pages.stream()
            .map(Markdown::path)
            .filter(path -> path.startsWith("docs/") && !reached.contains(path))
            .toList());
  }

  /** A message or comment that sends somebody to a page names one that exists. */
  @Test
  void pagesThatSourcesNameAreThere() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path file : Markdown.files(Launched.ROOT, ".java")) {
      Matcher named = PAGE_IN_CODE.matcher(Files.readString(file));
      while (!file.endsWith("PagesTest.java") && named.find()) {
        if (!Files.exists(Launched.ROOT.resolve(named.group()))) {
          missing.add("%s names %s".formatted(Launched.ROOT.relativize(file), named.group()));
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyBlockIsOfALanguageThatIsCheckedOrADrawing() {
    assertEquals(
        List.of(),
        pages.stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> !LANGUAGES.contains(block.language()))
            .map(block -> "%s is of '%s'".formatted(block.place(), block.language()))
            .toList());
  }

  @Test
  void everyBlockOfJavaIsCutFromATestAndEverySuchCutIsShown() throws IOException {
    List<String> cuts = new ArrayList<>();
    for (Path file : Markdown.files(Launched.ROOT, "Test.java")) {
      cuts.addAll(Cut.of(Files.readAllLines(file)));
    }
    List<String> shown = new ArrayList<>();
    pages.forEach(
        page ->
            page.blocks().stream()
                .filter(block -> block.language().equals("java"))
                .forEach(block -> shown.add(block.text())));
    assertTrue(shown.size() >= 3, () -> "blocks of Java: " + shown.size());
    assertEquals(
        cuts.stream().sorted().collect(Collectors.joining("----\n")),
        shown.stream().sorted().collect(Collectors.joining("----\n")));
  }

  @Test
  void pythonIsOfTheRightForm() throws Exception {
    List<Markdown.Block> blocks =
        pages.stream()
            .flatMap(page -> page.blocks().stream())
            .filter(block -> block.language().equals("python"))
            .toList();
    assertTrue(!blocks.isEmpty());
    for (Markdown.Block block : blocks) {
      Process python =
          new ProcessBuilder("python3", "-c", "import ast, sys; ast.parse(sys.stdin.read())")
              .redirectErrorStream(true)
              .start();
      python.outputWriter().append(block.text()).close();
      String said = new String(python.getInputStream().readAllBytes());
      assertEquals(0, python.waitFor(), () -> block.place() + ": " + said);
    }
  }

  /** Tables and links need longer lines at times; prose never does. */
  @Test
  void linesOfProseFitAScreen() {
    assertEquals(
        List.of(),
        pages.stream()
            .filter(page -> !page.path().equals("CHANGELOG.md"))
            .flatMap(page -> page.lines().stream())
            .filter(line -> line.text().length() > WIDTH && !line.text().startsWith("|"))
            .map(Markdown.Piece::place)
            .toList());
  }
}
