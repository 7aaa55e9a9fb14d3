package dev.almanac.transforms.staging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.reject.RejectReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkRejectsTest {
  private static final RejectPolicy ANY = new RejectPolicy(null, 1.0);

  @TempDir Path folder;

  @Test
  void allRowsAreCountedAndAMillionBadOnesTakeAFewMegabytes() throws IOException {
    int rows = 1_000_000;
    try (ChunkRejects rejects = rejects(ANY)) {
      for (int i = 0; i < rows; i++) {
        rejects.accept(reject(i));
      }
      rejects.finish(rows);
      assertEquals(Map.of("not-a-date", (long) rows), rejects.reasons());
      assertEquals(rows, rejects.rows());
      assertEquals(5, rejects.first().size());
    }
    List<String> lines = Files.readAllLines(file());
    assertEquals(RejectLog.MOST_ROWS + 1, lines.size());
    assertEquals("{\"rows-not-kept\":990000}", lines.get(RejectLog.MOST_ROWS));
    assertTrue(Files.size(file()) < 5 << 20, () -> file().toFile().length() + " bytes");
  }

  @Test
  void aFileThatIsNotFullSaysNothingMore() throws IOException {
    try (ChunkRejects rejects = rejects(ANY)) {
      for (int i = 0; i < RejectLog.MOST_ROWS; i++) {
        rejects.accept(reject(i));
      }
      rejects.finish(RejectLog.MOST_ROWS);
    }
    assertEquals(RejectLog.MOST_ROWS, Files.readAllLines(file()).size());
  }

  @Test
  void aChunkWithFarTooManyRowsIsNotReadToItsEnd() throws IOException {
    try (ChunkRejects rejects = rejects(RejectPolicy.none())) {
      for (int i = 1; i < ChunkRejects.STOP_AFTER; i++) {
        rejects.accept(reject(i));
      }
      DatasetException e = assertThrows(DatasetException.class, () -> rejects.accept(reject(1000)));
      assertTrue(
          e.getMessage()
              .startsWith(
                  "Cannot prepare: at least 1000 rows cannot be parsed, and the config allows no more than rejects.max-rows: 0"),
          e.getMessage());
      assertTrue(e.getMessage().contains("in.csv, line 1 (byte 10)"), e.getMessage());
      assertTrue(e.getMessage().contains("... and 995 more"), e.getMessage());
    }
    assertFalse(Files.exists(file()));
  }

  @Test
  void aChunkMayHaveAsManyAsTheWholeSource() throws IOException {
    for (int most : new int[] {2, 3}) {
      try (ChunkRejects rejects = rejects(new RejectPolicy((long) most, null))) {
        for (int i = 0; i < 3; i++) {
          rejects.accept(reject(i));
        }
        if (most < 3) {
          DatasetException e = assertThrows(DatasetException.class, () -> rejects.finish(40));
          assertTrue(
              e.getMessage().startsWith("Cannot prepare: 3 of the 40 rows read cannot be parsed"),
              e.getMessage());
        } else {
          rejects.finish(40);
        }
      }
    }
    assertTrue(Files.exists(file()));
  }

  @Test
  void aShareIsNotJudgedByOneChunk() throws IOException {
    try (ChunkRejects rejects = rejects(new RejectPolicy(null, 0.0))) {
      for (int i = 0; i < 5000; i++) {
        rejects.accept(reject(i));
      }
      rejects.finish(5000);
      assertEquals(5000, rejects.rows());
    }
    assertEquals(5000, Files.readAllLines(file()).size());
  }

  private ChunkRejects rejects(RejectPolicy policy) {
    return new ChunkRejects("prepare", policy, file().toString(), "attempt");
  }

  private Path file() {
    return folder.resolve("rejects.jsonl");
  }

  private static Reject reject(int line) {
    return new Reject("in.csv", line, 10L * line, "day", RejectReason.NOT_A_DATE, "x".repeat(300));
  }
}
