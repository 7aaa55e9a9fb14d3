package dev.almanac.pipelines.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.Launched;
import dev.almanac.pipelines.cli.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Commands that the pages show are there: {@code ./almanac}'s with all their options, runners,
 * modules and the project's own scripts.
 */
class CommandExamplesTest {
  private static final String ALMANAC = "./almanac";

  @Test
  void everyCommandOfABlockIsThere() throws IOException {
    List<String> problems = new ArrayList<>();
    int commands = 0;
    for (Markdown page : Markdown.all()) {
      for (Markdown.Block block : page.blocks()) {
        if (block.language().equals("sh")) {
          for (ShellLine line : ShellLine.of(block)) {
            commands++;
            problems.addAll(problems(line.words(), line.place()));
          }
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(commands >= 30, "commands: " + commands);
  }

  @Test
  void everyCommandInALineIsThere() throws IOException {
    List<String> problems = new ArrayList<>();
    for (Markdown page : Markdown.all()) {
      for (Markdown.Piece code : page.code()) {
        // `almanac help COMMAND` stands for any.
        if (code.text().matches("(\\./)?almanac (?!.*COMMAND).*")
            && !page.path().equals("CHANGELOG.md")) {
          List<String> words = new ArrayList<>(ShellLine.words(code.text()));
          words.set(0, ALMANAC);
          problems.addAll(problems(words, code.place()));
        }
      }
    }
    assertEquals(List.of(), problems);
  }

  @Test
  void whatIsNotThereWouldBeFound() {
    for (String line :
        List.of(
            "./almanac trian my.yaml",
            "./almanac train my.yaml --resmue",
            "./almanac runs shwo my.yaml",
            "./almanac prepare my.yaml --runner flnik",
            "benchmarks/perpare --sizes 1",
            "mvn -pl transfroms test")) {
      assertEquals(1, problems(ShellLine.words(line), line).size(), line);
    }
    assertEquals(List.of("a b", "--c=d e", "f"), ShellLine.words("'a b' --c=\"d e\" f # g"));
  }

  private static List<String> problems(List<String> words, String place) {
    String command = words.get(0);
    if (command.equals(ALMANAC)) {
      return almanac(words.subList(1, words.size()), place);
    }
    List<String> paths = new ArrayList<>();
    if (command.contains("/")) {
      paths.add(command);
    }
    int modules = command.equals("mvn") ? words.indexOf("-pl") : -1;
    if (modules >= 0) {
      paths.addAll(Arrays.asList(words.get(modules + 1).split(",")));
    }
    return paths.stream()
        .filter(path -> !isThere(path))
        .map(path -> "%s: there is no %s".formatted(place, path))
        .toList();
  }

  /** The command's manual names every option, and the runner is there. */
  private static List<String> almanac(List<String> words, String place) {
    int beam = words.indexOf("--");
    List<String> own = beam < 0 ? words : words.subList(0, beam);
    if (own.size() > 1 && own.subList(0, 2).equals(List.of("help", "config"))) {
      return shown(own).isEmpty()
          ? List.of("%s: there is no help on %s".formatted(place, own.subList(1, own.size())))
          : List.of();
    }
    List<String> command = command(own);
    String manual = manual(command);
    // The manual of a command that is not there is that of all.
    List<String> missing = new ArrayList<>();
    String usage = "Usage: almanac " + String.join(" ", command);
    if (!manual.contains(usage + " ")) {
      missing.add(usage);
    }
    own.stream()
        .filter(word -> word.startsWith("--"))
        .map(word -> word.replaceFirst("=.*", ""))
        .filter(option -> !Pattern.compile(option + "[\\s=,\\[\\]]").matcher(manual).find())
        .forEach(missing::add);
    int runner = own.indexOf("--runner");
    if (runner >= 0 && !isThere("runners-config/" + own.get(runner + 1) + "/pom.xml")) {
      missing.add("runner " + own.get(runner + 1));
    }
    return missing.stream().map(what -> "%s: there is no %s".formatted(place, what)).toList();
  }

  private static String manual(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.add("--help");
    return shown(words);
  }

  /** What a command that only shows something prints; nothing when it fails. */
  private static String shown(List<String> words) {
    return Call.of(words.toArray(String[]::new)).out();
  }

  private static boolean isThere(String path) {
    return Files.exists(Launched.ROOT.resolve(path));
  }

  private static List<String> command(List<String> words) {
    List<String> named = words.stream().takeWhile(word -> !word.startsWith("-")).toList();
    return switch (named.get(0)) {
      case "help" -> named.subList(1, named.size());
      case "runs", "study" -> named.subList(0, Math.min(2, named.size()));
      default -> named.subList(0, 1);
    };
  }
}
