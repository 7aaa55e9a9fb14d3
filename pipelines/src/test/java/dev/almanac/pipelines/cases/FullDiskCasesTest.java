package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while a dataset is written, at whatever file; it takes root to make one. */
class FullDiskCasesTest {
  /** What a small disk hands out at once. */
  private static final int PAGE = 4096;

  private static final int ROOM_FOR_ALL = 1 << 11;

  @TempDir Path folder;

  private CaseFolder files;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    files = CaseFolder.in(folder);
    disk = Files.createDirectory(files.path("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString());
    assumeTrue(mounted, "no disk can be made here");
    StringBuilder rows = new StringBuilder("date,c,x,y\n");
    for (int i = 0; i < 3_000; i++) {
      rows.append(LocalDate.of(2020, 1, 1).plusDays(i % 400))
          .append(i % 50 == 7 ? ",a,b,c,d\n" : ",c%s,%s,%s\n".formatted(i % 5, i * 7919L, i / 7.0));
    }
    files.write("a.csv", rows.toString());
    files.write(
        "c.yaml",
        """
        name: full
        source: {files: ["a.csv"]}
        columns: {label: y, numeric: [x], nominal: [c], keep: [date]}
        split:
          column: date
          train: {until: 2020-09-01}
          validation: {from: 2020-09-01, until: 2020-11-01}
          test: {from: 2020-11-01}
        rejects: {max-share: 0.5}
        output: {dataset: disk/ds, files: 2}
        """);
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    if (mounted) {
      assertTrue(run("umount", disk.toString()));
    }
  }

  @Test
  void nothingThatLooksWholeIsLeftAndTheNextRunFindsRoom() throws Exception {
    int tooFew = 1;
    int enough = ROOM_FOR_ALL;
    while (enough - tooFew > 1) {
      int pages = (tooFew + enough) / 2;
      if (prepare(pages)) {
        enough = pages;
      } else {
        tooFew = pages;
      }
    }
    assertTrue(enough > 10, "pages: " + enough);
    // The last files are the ones by which a dataset is known.
    for (int pages = Math.max(1, enough - 8); pages < enough; pages++) {
      prepare(pages);
    }
    assertTrue(prepare(ROOM_FOR_ALL));
  }

  /** Prepares where there are so many pages; whether there was room enough. */
  private boolean prepare(int pages) throws Exception {
    assertTrue(
        run("mount", "-o", "remount,size=" + (long) pages * PAGE, disk.toString()),
        "remount to " + pages);
    CaseFolder.Answer answer = files.run("prepare", "c.yaml");
    boolean room = answer.status() == 0;
    if (room) {
      String dataset = answer.json().get("dataset").textValue();
      assertTrue(files.run("verify", dataset).json().get("verified").booleanValue());
      assertEquals(3_000, Dataset.open(dataset).manifest().totals().read());
    } else {
      String error = answer.error(1);
      assertTrue(
          error.matches(
              "(?s)Cannot (write|make) \\Q%s\\E\\S*: No space left on device.*".formatted(disk)),
          pages + ": " + error);
      assertEquals(List.of(), left(), pages + ": " + error);
    }
    assertTrue(run("bash", "-c", "rm -rf \"$0\"/*", disk.toString()));
    return room;
  }

  /** Files on the disk. */
  private List<String> left() throws IOException {
    try (Stream<Path> paths = Files.walk(disk)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> disk.relativize(path).toString())
          .toList();
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
