package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.problem.Printable;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.storage.ChangedFileException;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ledger's law over folders as they may be: every file that matches is read to its last line,
 * or left out with a reason, or the work fails and names it. What matches is worked out from what
 * was made, not from the disk, by regular expressions written by hand.
 */
class SourceFolderFuzzTest {
  private static final int READ = 9_700;
  private static final int PREPARED = 300;

  @TempDir Path folder;

  @Test
  void everyFileThatMatchesIsReadLeftOutOrNamed() throws IOException {
    int files = 0;
    int leftOut = 0;
    int problems = 0;
    for (int seed = 0; seed < READ; seed++) {
      FuzzedFolder made = FuzzedFolder.make(folder.resolve("f" + seed), new Random(seed));
      try {
        Matches matches = Matches.of(made.pattern());
        check(made, matches);
        Random random = new Random(seed);
        for (StoredFile file : matches.files()) {
          if (random.nextInt(20) == 0) {
            change(made, file, random);
            // Others may be links to it.
            break;
          }
          read(made, file);
        }
        files += matches.files().size();
        leftOut += matches.leftOut().size();
        problems += matches.problems().size();
      } catch (AssertionError e) {
        throw new AssertionError("seed %d, %s%n%s".formatted(seed, made.pattern(), made), e);
      } finally {
        made.delete();
      }
    }
    // Else there would be nothing to lose.
    assertTrue(files > READ && leftOut > READ / 10 && problems > READ / 10);
  }

  private static void check(FuzzedFolder made, Matches matches) throws IOException {
    Set<String> read = matches.files().stream().map(StoredFile::path).collect(Collectors.toSet());
    Set<Path> real = new HashSet<>();
    for (StoredFile file : matches.files()) {
      Path path = made.path(file.path());
      boolean first = real.add(path.toRealPath());
      assertTrue(first || !made.isThroughFolderLink(file.path()), () -> "twice: " + file);
    }
    for (FuzzedFolder.Entry entry : made.matching()) {
      boolean marker = entry.isBelowMarker();
      if (marker) {
        assertTrue(matches.leftOut().containsKey(entry.shown()), () -> "not left out: " + entry);
      } else if (entry.kind().isFile() && entry.isNameable()) {
        assertTrue(read.contains(entry.shown()), () -> "lost: " + entry);
      } else {
        assertTrue(
            matches.problems().stream()
                .anyMatch(p -> p.startsWith("Cannot read %s: ".formatted(entry.shown()))),
            () -> "not named: %s in %s".formatted(entry, matches.problems()));
      }
    }
    Set<Path> reachable = made.filesThroughLinks();
    for (Path file : reachable) {
      assertTrue(real.contains(file.toRealPath()), () -> "lost behind a link: " + file);
    }
    Set<String> known =
        made.matching().stream().map(FuzzedFolder.Entry::shown).collect(Collectors.toSet());
    for (String path : read) {
      assertTrue(
          known.contains(path) || made.isThroughFolderLink(path), () -> "not asked for: " + path);
    }
  }

  private static SourceRows open(StoredFile file, List<String> rejects) throws IOException {
    return SourceRows.open(
        SourceRange.whole(file),
        Preparation.SCHEMA,
        CsvFormat.standard(),
        reject -> rejects.add(reject.toString()));
  }

  private static SourceRows.Extent readAll(SourceRows rows) throws IOException {
    while (rows.next() != null) {
      continue;
    }
    return rows.finish();
  }

  private static void read(FuzzedFolder made, StoredFile file) throws IOException {
    FuzzedFolder.Content content = made.content(file.path());
    List<String> rejects = new ArrayList<>();
    if (content.isBroken()) {
      IOException e =
          assertThrows(
              IOException.class,
              () -> {
                try (SourceRows rows = open(file, rejects)) {
                  readAll(rows);
                }
              },
              file::toString);
      assertTrue(e.getMessage().contains(Printable.line(file.path())), e.getMessage());
      return;
    }
    try (SourceRows rows = open(file, rejects)) {
      SourceRows.Extent extent = readAll(rows);
      assertEquals(content.rows(), rows.rowsRead(), file::toString);
      assertEquals(content.lines(), extent.lines(), file::toString);
      assertEquals(List.of(), rejects);
    }
  }

  private static void change(FuzzedFolder made, StoredFile file, Random random) throws IOException {
    if (made.content(file.path()).isBroken()) {
      return;
    }
    try (SourceRows rows = open(file, new ArrayList<>())) {
      made.change(file.path(), random);
      ChangedFileException e =
          assertThrows(ChangedFileException.class, () -> readAll(rows), file::toString);
      assertTrue(e.getMessage().contains(Printable.line(file.path())), e.getMessage());
    }
  }

  @Test
  void theLedgerOfADatasetHoldsEveryFileThatMatches() throws IOException {
    int prepared = 0;
    for (int seed = READ; prepared < PREPARED; seed++) {
      FuzzedFolder made = FuzzedFolder.make(folder.resolve("g" + seed), new Random(seed));
      try {
        Matches matches = Matches.of(made.pattern());
        List<FuzzedFolder.Content> contents =
            matches.files().stream().map(file -> made.content(file.path())).toList();
        if (!matches.problems().isEmpty()
            || contents.stream().anyMatch(FuzzedFolder.Content::isBroken)
            || contents.stream().noneMatch(content -> content.rows() > 0)) {
          continue;
        }
        prepared++;
        DatasetManifest manifest =
            new Preparation(folder.resolve("out" + seed), false)
                .prepare(matches.files(), matches.leftOut(), "20260101T000000Z")
                .manifest();
        TreeMap<String, Long> rows = new TreeMap<>();
        TreeSet<String> leftOut = new TreeSet<>();
        for (SourceLedger ledger : manifest.source().files()) {
          assertTrue(ledger.rows().balances());
          if (ledger.leftOut() == null) {
            rows.put(ledger.path(), ledger.rows().read());
          } else {
            leftOut.add(ledger.path());
          }
        }
        TreeMap<String, Long> expected = new TreeMap<>();
        matches.files().forEach(f -> expected.put(f.path(), made.content(f.path()).rows()));
        assertEquals(expected, rows);
        assertEquals(matches.leftOut().keySet(), leftOut);
        long again =
            contents.stream().filter(content -> content.rows() > 0).count()
                - contents.stream()
                    .filter(content -> content.rows() > 0)
                    .map(FuzzedFolder.Content::text)
                    .distinct()
                    .count();
        assertEquals(again, count(manifest, Notice.Kind.SAME_CONTENT));
        assertEquals(leftOut.size(), count(manifest, Notice.Kind.FILES_LEFT_OUT));
      } catch (AssertionError e) {
        throw new AssertionError("seed %d, %s%n%s".formatted(seed, made.pattern(), made), e);
      } finally {
        made.delete();
      }
    }
  }

  private static long count(DatasetManifest manifest, Notice.Kind kind) {
    return manifest.notices().stream()
        .filter(notice -> notice.kind() == kind)
        .mapToLong(Notice::count)
        .sum();
  }
}
