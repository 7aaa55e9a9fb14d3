package dev.almanac.transforms.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.dataset.Preparation;
import dev.almanac.transforms.feature.Cast;
import dev.almanac.transforms.feature.Ratio;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadableTest {
  private static final RowFeature[] STEPS = {
    new Cast("note", ColumnType.DOUBLE, "number"), new Ratio("label", "size", "ratio")
  };

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void files() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    Preparation.write(source.resolve("a.csv"), 1, 900);
    Preparation.write(source.resolve("b.csv"), 2, 300);
    // Lines 3, 5 and 9: the zeros of a ratio.
    Files.writeString(
        source.resolve("c.csv"),
        """
        day,note,size,label
        2001-01-01,1,2,1
        2001-01-02,2,0,1
        1950-01-02,x,0,1
        2001-01-03,"two
        lines",0,1
        2001-01-04,4,,1
        2001-01-05,5,1,
        2011-01-05,6,0,3
        """);
  }

  @Test
  void cellsOfTheSplitsAreCountedWithTheirLines() throws IOException {
    List<Notice> notices = prepared(new Preparation(folder, true).computing(1, STEPS), "whole");
    assertEquals(List.of("number", "ratio"), notices.stream().map(Notice::subject).toList());
    assertEquals(Notice.Kind.UNREADABLE_CELLS, notices.get(1).kind());
    List<String> zeros = notices.get(1).places();
    assertTrue(
        zeros.containsAll(
            List.of(
                source + "/c.csv, line 3: 1, 0.0",
                source + "/c.csv, line 5: 1, 0.0",
                source + "/c.csv, line 9: 3, 0.0")),
        zeros.toString());
    assertEquals(
        "cast of 'note' into 'number' could not read %d of %d cells"
            .formatted(notices.get(0).count(), cells(notices.get(0))),
        notices.get(0).text().split(" \\(")[0]);
  }

  @Test
  void rangesCountWhatTheWholeFileCounts() throws IOException {
    List<Notice> whole = prepared(new Preparation(folder, true).computing(1, STEPS), "whole");
    for (long bytes : new long[] {700, 2_000, 9_000}) {
      Preparation ranges = new Preparation(folder, true).inRangesOf(bytes).computing(1, STEPS);
      assertEquals(whole, prepared(ranges, "ranges" + bytes));
    }
  }

  @Test
  void aKeptSourceCountsWhatReadingItCounts() throws IOException {
    Preparation first = new Preparation(folder, false).inRangesOf(2_000).computing(1, STEPS);
    Dataset earlier = first.prepare(source, "first");
    Path more = source.resolve("a0.csv");
    Preparation.write(more, 7, 200);
    Preparation fresh = new Preparation(folder, false).inRangesOf(2_000).computing(1, STEPS);
    List<Notice> expected = prepared(fresh, "fresh");
    Preparation since =
        new Preparation(folder, false).inRangesOf(2_000).computing(1, STEPS).since(earlier);
    assertEquals(expected, prepared(since, "since"));
  }

  @Test
  void moreThanTheShareIsAnErrorWithPlaces() throws IOException {
    Preparation strict = new Preparation(folder, true).computing(0.5, STEPS);
    DatasetException e =
        assertThrows(DatasetException.class, () -> strict.prepare(source, "strict"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "Cannot prepare: feature steps could not read more of their cells than features.max-unreadable: 0.5 allows\n  cast of 'note' into 'number': "),
        e.getMessage());
    assertTrue(e.getMessage().contains("\n    " + source + "/a.csv, line "), e.getMessage());
  }

  @Test
  void aSplitThatIsLostAloneIsAnErrorThoughTheWholeIsNot() throws IOException {
    Path own = Files.createDirectories(folder.resolve("own"));
    List<String> rows = new ArrayList<>(List.of("day,note,size,label"));
    for (int i = 0; i < 3_000; i++) {
      rows.add("2001-01-01,%d,1,1".formatted(i));
    }
    for (int i = 0; i < 6; i++) {
      rows.add("2013-01-01,new %d,1,1".formatted(i));
    }
    Files.write(own.resolve("a.csv"), rows);
    Preparation strict = new Preparation(folder, true).computing(0.01, STEPS);
    DatasetException e = assertThrows(DatasetException.class, () -> strict.prepare(own, "strict"));
    assertTrue(e.getMessage().contains("(0.200 %; test 6 of 6)"), e.getMessage());
  }

  private List<Notice> prepared(Preparation preparation, String name) throws IOException {
    return preparation.prepare(source, name).manifest().notices();
  }

  private static long cells(Notice notice) {
    return Long.parseLong(notice.text().replaceAll(".* of (\\d+) cells .*", "$1"));
  }
}
