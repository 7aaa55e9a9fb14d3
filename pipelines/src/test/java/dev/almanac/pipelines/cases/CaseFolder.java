package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.Launched;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of small files under one condition, and commands run in it as a person would.
 *
 * <p>Those of {@code ../shared/cases} are read in place and copied into the test's own folder,
 * since commands write beside their config; a test that needs one is skipped where they are not at
 * hand. Paths in a case's config are relative to the config.
 */
final class CaseFolder {
  private static final Path CASES = Launched.ROOT.resolveSibling("shared").resolve("cases");

  private final Path folder;

  private CaseFolder(Path folder) {
    this.folder = folder;
  }

  /** A folder of the test's own making. */
  static CaseFolder in(Path folder) {
    return new CaseFolder(folder);
  }

  /** A copy of a case of {@code ../shared/cases}; links stay links. */
  static CaseFolder of(String name, Path temporary) throws IOException {
    Path source = CASES.resolve(name);
    assumeTrue(Files.isDirectory(source), () -> "no case folder " + source);
    Path copy = temporary.resolve(name);
    try (Stream<Path> paths = Files.walk(source)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = copy.resolve(source.relativize(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.REPLACE_EXISTING);
          if (!Files.isSymbolicLink(target)) {
            assertTrue(target.toFile().setWritable(true));
          }
        }
      }
    }
    return new CaseFolder(copy);
  }

  Path path(String... names) {
    Path path = folder;
    for (String name : names) {
      path = path.resolve(name);
    }
    return path;
  }

  /** Writes a file of the folder, parents made. */
  CaseFolder write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /**
   * Runs a command in this process, on the direct runner, with {@code --json}.
   *
   * @param arguments the command ({@code runs} has two words), the config's name in this folder,
   *     then options
   */
  Answer run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    int config = all.get(0).equals("runs") ? 2 : 1;
    if (all.size() > config && !all.get(config).startsWith("-")) {
      all.set(config, folder.resolve(all.get(config)).toString());
    }
    all.add("--json");
    return run(all);
  }

  /** The same with options for Beam behind those of the command. */
  Answer run(List<String> arguments, List<String> beam) {
    List<String> all = new ArrayList<>(arguments);
    all.set(1, folder.resolve(all.get(1)).toString());
    all.addAll(List.of("--json", "--"));
    all.addAll(beam);
    return run(all);
  }

  private static Answer run(List<String> all) {
    Call call = Call.of(all.toArray(String[]::new));
    return new Answer(call.status(), call.out(), call.err());
  }

  /** What a command that must succeed shows a person on standard output. */
  String said(List<String> arguments) {
    List<String> all = new ArrayList<>(arguments);
    all.set(1, folder.resolve(all.get(1)).toString());
    Call call = Call.of(all.toArray(String[]::new));
    assertEquals(0, call.status(), call.err());
    return call.out();
  }

  /** What a command came to. */
  record Answer(int status, String out, String err) {
    /** The result of a command that must succeed. */
    JsonNode json() {
      assertEquals(0, status, err);
      try {
        return Json.tree(out, "out");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The dataset that it made. */
    Dataset dataset() {
      try {
        return Dataset.open(json().get("dataset").textValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    DatasetManifest manifest() {
      return dataset().manifest();
    }

    /** The message of a command that must fail: one that was foreseen, without a stack trace. */
    String error(int expected) {
      assertEquals(expected, status, out + err);
      assertFalse(err.contains("\tat "), err);
      assertFalse(err.contains("unexpected"), err);
      try {
        return Json.tree(out, "out").get("error").textValue();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
