package dev.almanac.training.data;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.RefusedException;
import java.io.IOException;

/**
 * How far an epoch has been consumed: enough to go on with the very next row.
 *
 * <p>It counts rows of the epoch's order over all ranks. The order depends only on what is stored
 * here, so reading may go on with other threads, memory, ranks or batch sizes. All ranks of a step
 * have equal states. One line of JSON of at most {@value #MOST_BYTES} bytes.
 *
 * @param dataset the hash in {@code dataset.json}
 * @param split by its name
 * @param seed of the order
 * @param window row groups that are mixed with one another
 * @param epoch from 0
 * @param row rows of the order that are consumed
 */
public record ReaderState(
    String dataset, String split, long seed, int window, int epoch, long row) {
  /** The most bytes of {@link #json} with a hash of 64 characters. */
  public static final int MOST_BYTES = 200;

  public ReaderState {
    if (epoch < 0 || row < 0) {
      throw new RefusedException(
          "Cannot go on with a reader's state: epoch and row are at least 0 (%s and %s)"
              .formatted(epoch, row));
    }
  }

  /** One line. */
  public String json() {
    return Json.line(this);
  }

  /**
   * Reads what {@link #json} gave.
   *
   * @param place where the text stood, for messages
   */
  public static ReaderState parse(String text, String place) throws IOException {
    return Json.read(text, ReaderState.class, place);
  }

  /**
   * Whether a reader's epochs are those of this state.
   *
   * @throws IllegalArgumentException naming everything that differs
   */
  void check(ReaderState reader, long rows) {
    StringBuilder differences = new StringBuilder();
    differ(differences, "the dataset's hash", dataset, reader.dataset);
    differ(differences, "the split", split, reader.split);
    differ(differences, "the seed", seed, reader.seed);
    differ(differences, "mixed-row-groups", window, reader.window);
    if (row > rows) {
      differ(differences, "the row", row, "the split has " + rows);
    }
    if (differences.length() > 0) {
      throw new RefusedException(
          "Cannot go on with a reader's state: the order of rows must be the same (%s)"
              .formatted(differences));
    }
  }

  private static void differ(StringBuilder to, String what, Object here, Object there) {
    if (!here.equals(there)) {
      to.append(to.length() == 0 ? "" : "; ")
          .append("%s: %s in the state, %s in the reader".formatted(what, here, there));
    }
  }
}
