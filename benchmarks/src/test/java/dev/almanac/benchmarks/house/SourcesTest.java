package dev.almanac.benchmarks.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("almanac.project.root"), "benchmarks/house/Sources.java");

  @TempDir Path folder;

  @Test
  void commentsTextsAndTypeArgumentsCountAsWhatTheyAre() throws Exception {
    Path file =
        write(
            """
            package a.b;

            /** Not an instanceof. */
            public record Wide(int one, java.util.Map<String, java.util.Map<String, Long>> two) {
              static final String TEXT = "x instanceof y";

              Wide {
                assert !(((Object) two) instanceof String text && text.isEmpty());
              }
            }
            """,
            "Wide.java");
    assertEquals(
        List.of(
            "constructor\t" + file + "\tWide\t2",
            "constructor\t" + file + "\tWide\t2",
            "file\t" + file + "\ta.b\t10\t1",
            "type\t" + file + "\tWide\tRECORD\ttrue\ttrue\tfalse"),
        facts());
  }

  @Test
  void aClassIsStaticOnlyWhenNobodyMakesAnObjectOfIt() throws Exception {
    Path file =
        write(
            """
            class Only { private Only() {} static void work() {} record Nested(int a) {} }
            class Constants { static final int A = 1; }
            class Value { private final int a; private Value(int a) { this.a = a; } static Value of() { return new Value(1); } }
            class Object1 { static void work() {} void other() {} }
            class Open { Open() {} static void work() {} }
            class Below extends Open { static void more() {} }
            class Empty {}
            enum Names { A; static void work() {} }
            interface Static { static void work() {} }
            """,
            "All.java");
    assertEquals(
        List.of("Constants", "Only"),
        facts().stream()
            .filter(fact -> fact.startsWith("type\t" + file) && fact.endsWith("\ttrue"))
            .map(fact -> fact.split("\t")[2])
            .toList());
  }

  @Test
  void aTypeIsPublicWhenAllAroundItAreAndDocumentedByItsOwnComment() throws Exception {
    write(
        """
        /** Documented. */
        public interface Seen {
          record Bare() {}

          /** Documented. */
          class Inner {
            /** Hidden. */
            static class Hidden {}
          }
        }
        """,
        "Seen.java");
    assertEquals(
        List.of(
            "Bare\ttrue\tfalse", "Hidden\tfalse\ttrue", "Inner\ttrue\ttrue", "Seen\ttrue\ttrue"),
        facts().stream()
            .filter(fact -> fact.startsWith("type"))
            .map(fact -> fact.split("\t"))
            .map(fact -> String.join("\t", fact[2], fact[4], fact[5]))
            .sorted()
            .toList());
  }

  private Path write(String text, String name) throws IOException {
    return Files.writeString(folder.toRealPath().resolve(name), text);
  }

  private List<String> facts() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    Process process =
        new ProcessBuilder(java.toString(), SCRIPT.toString(), folder.toRealPath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return said.lines().sorted().toList();
  }
}
