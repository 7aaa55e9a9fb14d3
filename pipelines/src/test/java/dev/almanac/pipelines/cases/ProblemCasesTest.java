package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told when something is wrong: one message, foreseen, bounded and printable. */
class ProblemCasesTest {
  private static final String CONFIG =
      """
      name: c
      source: {files: ["data/*"]}
      columns: {label: y, numeric: [x], nominal: [s], keep: [d]}
      split: {column: d, train: {until: 2020-07-01}, validation: {from: 2020-07-01, until: 2020-08-01}, test: {from: 2020-08-01}}
      output: {dataset: out/ds, files: 1}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"c.yaml", "u.yaml"})
  void aByteOrderMarkInAConfigIsSkipped(String config) throws IOException {
    CaseFolder marked = CaseFolder.of("74-config-bom", folder);
    assertTrue(marked.run("prepare", config).manifest().totals().train() > 0);
  }

  @Test
  void aByteOrderMarkInASchemaIsSkipped() throws IOException {
    CaseFolder marked = CaseFolder.of("74-config-bom", folder);
    String schema = marked.path("s.json").toString();
    assertTrue(
        marked.run("prepare", "c.yaml", "--set", "schema=" + schema).manifest().totals().train()
            > 0);
  }

  @Test
  void textThatLooksLikeMarkupIsText() throws IOException {
    CaseFolder html = CaseFolder.of("96-html", folder);
    assertEquals(0, html.run("prepare", "c.yaml").manifest().totals().rejected());
  }

  @Test
  void aDeepConfigIsOneLine() throws IOException {
    String message = CaseFolder.of("b23-deep-yaml", folder).run("prepare", "deep.yaml").error(2);
    assertEquals(2, message.lines().count(), message);
    assertTrue(message.contains("nested more than"), message);
  }

  @Test
  void aDamagedParquetFooterIsNamedWithTheFile() throws IOException {
    CaseFolder plain = CaseFolder.of("28a-pq-plain", folder);
    Path file = plain.path("data", "a.parquet");
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    int footer =
        whole.length - 8 - (whole[whole.length - 8] & 0xFF | (whole[whole.length - 7] & 0xFF) << 8);
    for (int i = 0; i < 12; i++) {
      byte[] damaged = whole.clone();
      int at = footer + random.nextInt(40);
      damaged[at] = (byte) (damaged[at] ^ 0xFF);
      Files.write(file, damaged);
      CaseFolder.Answer answer = plain.run("prepare", "c.yaml");
      if (answer.status() != 0) {
        String message = answer.error(answer.status());
        assertTrue(message.contains("a.parquet") || message.contains("column"), message);
      }
    }
    Files.write(file, new byte[0]);
    plain.run("prepare", "c.yaml").error(1);
    Files.writeString(file, "PAR1 and then nothing");
    String message = plain.run("prepare", "c.yaml").error(1);
    assertTrue(message.startsWith("Cannot read %s: it is no parquet".formatted(file)), message);
  }

  @Test
  void manyNamesAreCountedAndOddOnesEscaped() throws IOException {
    String names =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "col\u001b[31m" + i)
            .collect(Collectors.joining(","));
    String cells = "1,".repeat(19_999) + "1";
    CaseFolder wide = CaseFolder.in(folder).write("c.yaml", CONFIG);
    wide.write("data/a\u001b[2Jb.csv", names + "\n" + cells + "\n");
    String message = wide.run("prepare", "c.yaml").error(2);
    assertTrue(
        message.length() < 4_000, () -> message.length() + ": " + message.substring(0, 2_000));
    assertFalse(message.contains("\u001b"), message);
  }

  @Test
  void aFileNameWithALineBreakStaysInItsLine() throws IOException {
    CaseFolder odd = CaseFolder.in(folder).write("c.yaml", CONFIG);
    odd.write("data/a\nCannot b.csv", "d,s,x,y\n2020-01-01,a,1,2,3\n2020-01-02,a,1,2\n");
    String message = odd.run("prepare", "c.yaml").error(1);
    assertTrue(message.contains("a\\nCannot b.csv"), message);
  }
}
