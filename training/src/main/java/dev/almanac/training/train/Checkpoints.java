package dev.almanac.training.train;

import dev.almanac.training.model.VectorFile;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.problem.DamagedFileException;
import dev.almanac.transforms.problem.OtherVersionException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The newest {@link Checkpoint} of a run, in a folder.
 *
 * <p>Numbers go into a new file each time, and {@value #FILE}, which names it, takes the place of
 * the old one in one go: a process that is killed meanwhile leaves the old checkpoint or the new.
 */
final class Checkpoints {
  static final String FILE = "checkpoint.json";

  private static final int FORMAT_VERSION = 3;
  private static final String BEST = "best";
  private static final String STATE = "state.";

  private final String folder;

  private final String runId;
  private final Supplier<String> epochs;
  private String epochsThen;

  /**
   * {@value Checkpoints#FILE}.
   *
   * @param epochs the SHA-256 of the lines of the epochs that had ended
   */
  private record Description(
      int formatVersion,
      String runId,
      Checkpoint.Place place,
      String epochs,
      String vectors,
      String vectorsSha256) {}

  /**
   * @param epochs gives the hash of the lines that are kept of the epochs that have ended
   */
  Checkpoints(String folder, String runId, Supplier<String> epochs) {
    this.folder = folder;
    this.runId = runId;
    this.epochs = epochs;
  }

  void save(Checkpoint checkpoint) throws IOException {
    Map<String, float[]> vectors = VectorFile.empty();
    for (int i = 0; i < checkpoint.vectors().size(); i++) {
      vectors.put(STATE + i, checkpoint.vectors().get(i));
    }
    if (checkpoint.bestWeights() != null) {
      vectors.put(BEST, checkpoint.bestWeights());
    }
    byte[] bytes = VectorFile.write(vectors);
    Checkpoint.Place place = checkpoint.place();
    String name =
        String.format(Locale.ROOT, "%08d-%010d.safetensors", place.epoch(), place.batches());
    String vectorFile = Storage.resolve(folder, name);
    try {
      Storage.write(vectorFile, out -> out.write(bytes));
    } catch (IOException e) {
      // On a full disk the half of it takes the room in which the run says why it failed.
      deleteAfter(e, vectorFile);
      throw e;
    }
    Description description =
        new Description(FORMAT_VERSION, runId, place, epochs.get(), name, Json.sha256(bytes));
    Storage.writeText(Storage.resolve(folder, FILE), SealedJson.text(description));
    List<String> old = new ArrayList<>();
    for (StoredFile file : Storage.below(folder)) {
      if (!Storage.name(file.path()).equals(name) && !Storage.name(file.path()).equals(FILE)) {
        old.add(file.path());
      }
    }
    Storage.delete(old);
  }

  private static void deleteAfter(IOException failed, String half) {
    try {
      Storage.delete(List.of(half));
    } catch (IOException e) {
      failed.addSuppressed(e);
    }
  }

  /**
   * Reads it; null when there is none.
   *
   * @throws IOException when it is another version's or damaged
   */
  Checkpoint load() throws IOException {
    String path = Storage.resolve(folder, FILE);
    if (!Storage.exists(path)) {
      return null;
    }
    SealedJson sealed = SealedJson.of(Storage.read(path));
    if (sealed.problem() != null) {
      throw damaged(path, sealed.problem());
    }
    if (sealed.formatVersion() != FORMAT_VERSION) {
      throw new OtherVersionException(
          "Cannot go on from %s: this Almanac reads format-version %s (%s found)"
              .formatted(path, FORMAT_VERSION, sealed.formatVersion()));
    }
    Description is = Json.read(Json.line(sealed.content()), Description.class, path);
    if (!is.runId.equals(runId)) {
      throw damaged(path, "it is of run %s (this is %s)".formatted(is.runId, runId));
    }
    String file = Storage.resolve(folder, is.vectors);
    byte[] bytes = Storage.read(file);
    if (!Json.sha256(bytes).equals(is.vectorsSha256)) {
      throw damaged(file, "it was changed after it was written (its sha-256 does not fit)");
    }
    epochsThen = is.epochs;
    Map<String, float[]> vectors = VectorFile.read(bytes, file);
    List<float[]> state = new ArrayList<>();
    while (vectors.containsKey(STATE + state.size())) {
      state.add(vectors.get(STATE + state.size()));
    }
    return new Checkpoint(is.place, state, vectors.get(BEST));
  }

  /**
   * Compares the lines of the epochs that had ended with those that were there when the checkpoint
   * was written that was loaded; without one, nothing.
   *
   * @param path of the file with the lines, for messages
   */
  void requireEpochs(String path) throws DamagedFileException {
    if (epochsThen != null && !epochsThen.equals(epochs.get())) {
      throw damaged(path, "its lines of the epochs that had ended are not those that were written");
    }
  }

  private static DamagedFileException damaged(String path, String how) {
    return new DamagedFileException(
        "Cannot go on from %s: %s; put back what was there, or train a new run"
            .formatted(path, how));
  }

  /** Deletes it: the training is over. */
  void delete() throws IOException {
    Storage.deleteFolder(folder);
  }
}
