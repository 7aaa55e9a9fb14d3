package dev.almanac.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReaderStateTest {
  private static final ReaderState LARGEST =
      new ReaderState(
          "f".repeat(64),
          "validation",
          Long.MIN_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE);

  @Test
  void theLargestStateTakesAtMost200Bytes() {
    int bytes = LARGEST.json().getBytes(StandardCharsets.UTF_8).length;
    assertTrue(bytes <= ReaderState.MOST_BYTES, bytes + " bytes");
  }

  @Test
  void aStateIsReadBackAsItWas() throws IOException {
    assertEquals(LARGEST, ReaderState.parse(LARGEST.json(), "a checkpoint"));
    assertEquals(
        "{\"dataset\":\"ab\",\"split\":\"train\",\"seed\":7,\"window\":8,\"epoch\":2,\"row\":4096}",
        new ReaderState("ab", "train", 7, 8, 2, 4096).json());
  }

  @Test
  void aStateOfAnotherVersionIsAnError() {
    String text = LARGEST.json().replace("}", ",\"place\":3}");
    IOException e =
        assertThrows(IOException.class, () -> ReaderState.parse(text, "checkpoint reader.json"));
    assertEquals(
        "Cannot read checkpoint reader.json: unknown key 'place' (known keys: [dataset, epoch, row, seed, split, window])",
        e.getMessage());
  }

  @Test
  void aNegativePlaceIsAnError() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> new ReaderState("ab", "train", 7, 8, -1, 0));
    assertEquals(
        "Cannot go on with a reader's state: epoch and row are at least 0 (-1 and 0)",
        e.getMessage());
  }

  @Test
  void everythingThatDiffersIsNamedAtOnce() {
    ReaderState reader = new ReaderState("cd", "train", 8, 9, 2, 0);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ReaderState("ab", "test", 7, 8, 2, 11).check(reader, 10));
    assertEquals(
        "Cannot go on with a reader's state: the order of rows must be the same (the dataset's hash: ab in the state, cd in the reader; the split: test in the state, train in the reader; the seed: 7 in the state, 8 in the reader; mixed-row-groups: 8 in the state, 9 in the reader; the row: 11 in the state, the split has 10 in the reader)",
        e.getMessage());
  }
}
