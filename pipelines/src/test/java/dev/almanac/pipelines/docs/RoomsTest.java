package dev.almanac.pipelines.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.Launched;
import dev.almanac.transforms.encode.Step;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's map of the modules and its table of changes are those of the sources. */
class RoomsTest {
  private static final List<String> MODULES = List.of("transforms", "training", "pipelines");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void theMapNamesEveryPackageAndNoOther() throws IOException {
    for (String module : MODULES) {
      String row = row("| [%s](".formatted(module));
      assertEquals(packages(module), new TreeSet<>(code(row)), module);
    }
  }

  @Test
  void foldersAndTypesOfTheTableOfChangesAreThere() throws IOException {
    List<String> rows =
        readme().stream()
            .dropWhile(line -> !line.equals("## Where a change lands"))
            .filter(line -> line.startsWith("|") && line.contains("`"))
            .toList();
    assertTrue(rows.size() >= 5, rows::toString);
    List<String> missing = new ArrayList<>();
    for (String row : rows) {
      for (String named : code(row)) {
        if (!isThere(named)) {
          missing.add(named);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  /** A step is at home in its own file: others know it by its family, or are steps as well. */
  @Test
  void aFitStepIsNamedInNoOtherFilesThanTheTableSays() throws IOException {
    Set<String> steps = kinds(Step.class);
    Set<String> mayName = new TreeSet<>(steps);
    mayName.addAll(
        List.of("NumericStep", "Impute", "Scale", "NominalStep", "CategoryEncoder", "FitSteps"));
    List<String> found = new ArrayList<>();
    for (String module : MODULES) {
      for (Path file : Markdown.files(root(module), ".java")) {
        String name = file.getFileName().toString().replace(".java", "");
        boolean beside = file.getParent().endsWith("encode");
        if (beside && mayName.contains(name)) {
          continue;
        }
        String code = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
        for (String step : steps) {
          String known = beside ? "\\b%s\\b" : "transforms\\.encode\\.%s\\b";
          if (Pattern.compile(known.formatted(step)).matcher(code).find()) {
            found.add("%s in %s".formatted(step, name));
          }
        }
      }
    }
    assertEquals(List.of(), found);
  }

  private static Set<String> kinds(Class<?> family) {
    Set<String> kinds = new TreeSet<>();
    for (Class<?> kind : family.getPermittedSubclasses()) {
      kinds.addAll(kind.isSealed() ? kinds(kind) : Set.of(kind.getSimpleName()));
    }
    return kinds;
  }

  private static boolean isThere(String named) throws IOException {
    if (named.contains("/.../")) {
      String[] parts = named.split("/\\.\\.\\./");
      return Files.isDirectory(root(parts[0]).resolve(parts[1]));
    }
    if (!Character.isUpperCase(named.charAt(0))) {
      return Files.exists(Launched.ROOT.resolve(named));
    }
    for (String module : MODULES) {
      if (Markdown.files(root(module), ".java").stream()
          .anyMatch(file -> file.endsWith(named + ".java"))) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> packages(String module) throws IOException {
    try (Stream<Path> folders = Files.list(root(module))) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path root(String module) {
    return Launched.ROOT.resolve(module).resolve("src/main/java/dev/almanac").resolve(module);
  }

  private static String row(String beginning) throws IOException {
    return readme().stream().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  private static List<String> code(String row) {
    List<String> code = new ArrayList<>();
    Matcher matcher = CODE.matcher(row);
    while (matcher.find()) {
      code.add(matcher.group(1));
    }
    return code;
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(Launched.ROOT.resolve("README.md"));
  }
}
