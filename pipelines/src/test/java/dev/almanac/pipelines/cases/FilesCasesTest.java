package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.problem.Notice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that match, by names and kinds: each is read, or named, or an error. */
class FilesCasesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "11-file-names, c.yaml",
    "22-lang-c, c.yaml",
    "22b-Größe, c.yaml",
    "24-junk-files, c.yaml",
    "24b-success, c.yaml",
    "24d-spark-folder, c.yaml",
    "27-symlink-loop, c.yaml",
    "27d-globstar, c.yaml",
    "10-brackets/run [1] {x}, c.yaml",
    "10-brackets/star*dir, c.yaml",
    "10-brackets/plain, o.yaml",
    "98-name-slash, c.yaml"
  })
  void everyRowIsRead(String name, String config) throws IOException {
    var manifest = CaseFolder.of(name, folder).run("prepare", config).manifest();
    assertEquals(name.startsWith("22b") ? 500 : 800, manifest.totals().read());
    assertTrue(name.startsWith("22b") || manifest.totals().test() > 0);
  }

  @Test
  void aFolderIsReadOnceThoughLinksLeadBackToIt() throws IOException {
    CaseFolder files = CaseFolder.of("27-symlink-loop", folder);
    Files.createSymbolicLink(files.path("data", "loop"), Path.of("."));
    Files.createSymbolicLink(files.path("data", "2019", "up"), Path.of("../2020"));
    Files.createSymbolicLink(files.path("data", "2020", "over"), Path.of("../2019"));
    var manifest = files.run("prepare", "c.yaml").manifest();
    assertEquals(800, manifest.totals().read());
  }

  @Test
  void aLinkThatLeadsNowhereIsNamed() throws IOException {
    CaseFolder files = CaseFolder.of("27b-symlink-same", folder);
    Files.createSymbolicLink(files.path("data", "old.csv"), Path.of("gone.csv"));
    String error = files.run("prepare", "c.yaml").error(2);
    assertTrue(
        error.contains(
            "data/old.csv: it is a link whose target is gone; bring the target back, or remove the link"),
        error);
  }

  @Test
  void aPipeIsNamedAndNotWaitedFor() throws Exception {
    CaseFolder files = CaseFolder.of("24-junk-files", folder);
    Process made = new ProcessBuilder("mkfifo", files.path("data", "pipe.csv").toString()).start();
    assertEquals(0, made.waitFor());
    String error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(60), () -> files.run("prepare", "c.yaml").error(2));
    assertTrue(error.contains("data/pipe.csv: it is a pipe, a device or a socket"), error);
    error = files.run("prepare", "c.yaml", "--set", "source.files=[/dev/zero]").error(2);
    assertTrue(error.contains("Cannot read /dev/zero: it is a pipe, a device"), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9/a.csv", "ftp://h/*.csv", "data/d[1/*.csv", "data/{a"})
  void whatCannotBeSearchedIsSaidAtOnce(String pattern) throws IOException {
    CaseFolder files = CaseFolder.of("24-junk-files", folder);
    String error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                files
                    .run("prepare", "c.yaml", "--set", "source.files=[\"%s\"]".formatted(pattern))
                    .error(2));
    assertTrue(error.contains(pattern), error);
    assertTrue(error.endsWith("; correct source.files"), error);
  }

  @Test
  void markersThatAPatternMatchesAreCountedAndMayBeNamed() throws IOException {
    CaseFolder files = CaseFolder.of("24-junk-files", folder);
    var manifest = files.run("prepare", "c.yaml").manifest();
    assertEquals(1, manifest.notices().size(), manifest.notices()::toString);
    assertEquals("files-left-out", manifest.notices().get(0).kind().text());
    assertEquals(1, manifest.notices().get(0).count());
    assertTrue(manifest.notices().get(0).toString().contains("data/._a.csv (hidden file)"));
    var left = manifest.source().files().get(1);
    assertTrue(left.path().endsWith("data/._a.csv"), left::toString);
    assertEquals("hidden file", left.leftOut());
    String error =
        files
            .run("prepare", "c.yaml", "--set", "source.files=[\"data/._*\",\"data/._a.csv\"]")
            .error(1);
    assertTrue(error.contains("data/._a.csv"), error);
  }

  @Test
  void aPatternThatMatchesMarkersAloneSaysSo() throws IOException {
    CaseFolder files = CaseFolder.of("24b-success", folder);
    String error = files.run("prepare", "c.yaml", "--set", "source.files=[\"data/*S\"]").error(2);
    assertTrue(error.contains("data/*S matches nothing that is data (1 left out, such as "), error);
  }

  @Test
  void filesThatDifferFromAPatternInCaseAloneAreCountedAndNamed() throws IOException {
    CaseFolder files = CaseFolder.of("24-junk-files", folder);
    Files.delete(files.path("data", "._a.csv"));
    for (String name : List.of("B.CSV", "c.Csv", "._D.CSV", "d.CSV.bak")) {
      Files.copy(files.path("data", "a.csv"), files.path("data", name));
    }
    Files.createDirectory(files.path("data", "E.CSV"));
    for (String pattern : List.of("data/*.csv", "**/*.csv", "d*/[a].csv,data/?.csv")) {
      var manifest = files.run("prepare", "c.yaml", set(pattern)).manifest();
      assertEquals(800, manifest.totals().read(), pattern);
      assertEquals(1, manifest.notices().size(), manifest.notices()::toString);
      Notice notice = manifest.notices().get(0);
      assertEquals(Notice.Kind.HINT, notice.kind());
      assertEquals(2, notice.count());
      assertEquals(
          List.of(files.path("data", "B.CSV").toString(), files.path("data", "c.Csv").toString()),
          notice.places());
    }
    var manifest = files.run("prepare", "c.yaml", set("data/?.[cC][sS][vV]")).manifest();
    assertEquals(2400, manifest.totals().read());
    assertEquals(
        List.of(Notice.Kind.SAME_CONTENT), manifest.notices().stream().map(Notice::kind).toList());
    manifest = files.run("prepare", "c.yaml", set("data/*.csv,data/B.CSV,data/*.Csv")).manifest();
    assertEquals(
        List.of(Notice.Kind.SAME_CONTENT), manifest.notices().stream().map(Notice::kind).toList());
    String error = files.run("prepare", "c.yaml", set("data/A.*")).error(2);
    assertTrue(
        error.contains(
            "data/A.* matches nothing (1 file differs only in upper and lower case, such as "
                + files.path("data", "a.csv")),
        error);
  }

  /** An option that names these patterns. */
  private static String set(String patterns) {
    return "--set=source.files=[\"%s\"]".formatted(patterns.replace(",", "\",\""));
  }

  @Test
  void anEmptyFileIsAnErrorByName() throws IOException {
    String error = CaseFolder.of("24c-empty-file", folder).run("prepare", "c.yaml").error(1);
    assertTrue(error.contains("data/b.csv"), error);
  }

  @Test
  void aNameThatIsNotUtf8IsNamed() throws Exception {
    CaseFolder files = CaseFolder.of("24b-success", folder);
    Process made =
        new ProcessBuilder(
                "bash",
                "-c",
                "cp \"$0\"/part-00000.csv \"$0\"/$'Z\\xfcrich.csv'",
                files.path("data").toString())
            .start();
    assertEquals(0, made.waitFor());
    String error = files.run("prepare", "c.yaml").error(2);
    assertTrue(error.contains("data/Z\\xFCrich.csv: its name is not UTF-8"), error);
  }

  @Test
  void anOutputFolderThatCannotBeIsSaidBeforeAnythingIsRead() throws IOException {
    CaseFolder files = CaseFolder.of("24b-success", folder);
    files.write("file", "");
    var answer = files.run("prepare", "c.yaml", "--set", "output.dataset=file/ds");
    String error = answer.error(1);
    assertTrue(error.startsWith("Cannot write "), error);
    assertTrue(error.contains("/file is a file and not a folder"), error);
    assertTrue(!answer.err().contains("inferring"), answer.err());
    answer = files.run("run", "c.yaml", "--set", "train.runs=file/runs");
    error = answer.error(1);
    assertTrue(error.startsWith("Cannot write %s: ".formatted(files.path("file", "runs"))), error);
    assertTrue(!answer.err().contains("Preparing"), answer.err());
    answer = files.run("schema", "c.yaml", "--output", files.path("file", "s.json").toString());
    error = answer.error(1);
    assertTrue(
        error.startsWith("Cannot write %s: ".formatted(files.path("file", "s.json"))), error);
    assertTrue(!answer.err().contains("inferring"), answer.err());
  }

  @Test
  void predictionsFollowTheSameRules() throws IOException {
    CaseFolder files = CaseFolder.of("10-brackets/run [1] {x}", folder);
    files.run("run", "c.yaml").json();
    Files.writeString(files.path("data", "._a.csv"), "\0\1", StandardCharsets.ISO_8859_1);
    var json =
        files
            .run(
                "predict",
                "c.yaml",
                "--input",
                files.path("data").toString(),
                "--output",
                files.path("out", "p[1]").toString())
            .json();
    assertEquals(800, json.get("rows").longValue());
    try (var parts = Files.walk(Path.of(json.get("predictions").textValue()))) {
      assertTrue(parts.anyMatch(path -> path.toString().endsWith(".parquet")));
    }
    assertTrue(files.run("verify", "out/ds").json().get("verified").booleanValue());
  }

  @ParameterizedTest
  @CsvSource({"27b-symlink-same, latest.csv, a.csv", "27e-csv-and-gz, a.csv.gz, a.csv"})
  void filesOfTheSameContentAreSaidRefusedOrReadOnce(String name, String again, String first)
      throws IOException {
    CaseFolder files = CaseFolder.of(name, folder);
    if (again.startsWith("latest")) {
      Files.delete(files.path("data", again));
      Files.createSymbolicLink(files.path("data", again), Path.of(first));
    }
    var manifest = files.run("prepare", "c.yaml").manifest();
    assertEquals(1600, manifest.totals().read());
    Notice notice = manifest.notices().get(0);
    assertEquals(Notice.Kind.SAME_CONTENT, notice.kind());
    assertEquals(1, notice.count());
    assertEquals(
        List.of("%s = %s".formatted(files.path("data", again), files.path("data", first))),
        notice.places());
    String error = files.run("prepare", "c.yaml", "--set", "source.duplicates=refuse").error(2);
    assertTrue(error.contains("1 file holds the same content as another one ("), error);
    manifest = files.run("prepare", "c.yaml", "--set", "source.duplicates=skip").manifest();
    assertEquals(800, manifest.totals().read());
    assertEquals(
        "the same content as " + files.path("data", first),
        manifest.source().files().get(1).leftOut());
    assertEquals(files.path("data", again).toString(), manifest.source().files().get(1).path());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsCutOrGrowsWhileItIsReadIsNamed(boolean cut) throws Exception {
    CaseFolder files = CaseFolder.of("b14-local-file-changes", folder);
    StringBuilder rows = new StringBuilder("id,day,cat,x,y\n");
    for (int i = 0; i < 600_000; i++) {
      rows.append(i).append(",2020-01-").append(10 + i % 20).append(",a,").append(i % 7);
      rows.append(',').append(i % 11).append('\n');
    }
    Path file = files.path("data", "a.csv");
    files.write("data/a.csv", rows.toString());
    long end = rows.lastIndexOf("\n", rows.length() - 100_000) + 1;
    Thread change =
        new Thread(
            () -> {
              try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                // Once reading has begun: the schema is there by then.
                while (stagedRows(files) == 0) {
                  Thread.sleep(5);
                }
                if (cut) {
                  channel.truncate(end);
                } else {
                  channel.write(
                      ByteBuffer.wrap("600000,2020-01-10,a,1,1\n".getBytes(StandardCharsets.UTF_8)),
                      rows.length());
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    change.start();
    String error = files.run("prepare", "c.yaml").error(1);
    change.join();
    assertTrue(
        error.startsWith("Cannot read %s: it was changed while it was read".formatted(file)),
        error);
    try (var datasets = Files.walk(files.path("ds"))) {
      assertTrue(datasets.noneMatch(path -> path.endsWith("dataset.json")));
    }
  }

  /** Whether a schema is written, and with it the first pass over the file done. */
  private static long stagedRows(CaseFolder files) throws IOException {
    if (!Files.isDirectory(files.path("ds"))) {
      return 0;
    }
    try (var paths = Files.walk(files.path("ds"))) {
      return paths.filter(path -> path.endsWith("schema.json")).count();
    } catch (UncheckedIOException moved) {
      return 0;
    }
  }
}
