package dev.almanac.training.run;

import dev.almanac.training.model.VectorFile;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The newest {@link Checkpoint} of a run, in a folder.
 *
 * <p>Numbers go into a new file each time, and {@value #FILE}, which names it, takes the place of
 * the old one in one go: a process that is killed meanwhile leaves the old checkpoint or the new.
 */
final class Checkpoints {
  static final String FILE = "checkpoint.json";

  private static final int FORMAT_VERSION = 1;
  private static final String BEST = "best";
  private static final String STATE = "state.";

  private final String folder;

  /** {@value Checkpoints#FILE}. */
  private record Description(
      int formatVersion, Checkpoint.Place place, String vectors, String vectorsSha256) {}

  Checkpoints(String folder) {
    this.folder = folder;
  }

  /** Whether there is one. */
  boolean exist() throws IOException {
    return Storage.exists(Storage.resolve(folder, FILE));
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
    String name = "%08d-%010d.safetensors".formatted(place.epoch(), place.batches());
    Storage.write(Storage.resolve(folder, name), out -> out.write(bytes));
    Description description = new Description(FORMAT_VERSION, place, name, Json.sha256(bytes));
    Storage.writeText(Storage.resolve(folder, FILE), Json.pretty(description));
    List<String> old = new ArrayList<>();
    for (StoredFile file : Storage.below(folder)) {
      if (!Storage.name(file.path()).equals(name) && !Storage.name(file.path()).equals(FILE)) {
        old.add(file.path());
      }
    }
    Storage.delete(old);
  }

  /**
   * Reads it.
   *
   * @throws IOException when there is none, or it is another version's or damaged
   */
  Checkpoint load() throws IOException {
    String path = Storage.resolve(folder, FILE);
    Description is = Json.read(Storage.readText(path), Description.class, path);
    if (is.formatVersion != FORMAT_VERSION) {
      throw new ForeseenException(
          "Cannot go on from %s: this Almanac reads format-version %d (%d found)"
              .formatted(path, FORMAT_VERSION, is.formatVersion));
    }
    String file = Storage.resolve(folder, is.vectors);
    byte[] bytes = Storage.read(file);
    if (!Json.sha256(bytes).equals(is.vectorsSha256)) {
      throw new ForeseenException(
          "Cannot go on from %s: it was changed after it was written (its sha-256 does not fit)"
              .formatted(file));
    }
    Map<String, float[]> vectors = VectorFile.read(bytes, file);
    List<float[]> state = new ArrayList<>();
    while (vectors.containsKey(STATE + state.size())) {
      state.add(vectors.get(STATE + state.size()));
    }
    return new Checkpoint(is.place, state, vectors.get(BEST));
  }

  /** Deletes it: the training is over. */
  void delete() throws IOException {
    Storage.deleteFolder(folder);
  }
}
