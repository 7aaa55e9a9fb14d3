package dev.almanac.pipelines.stage;

import dev.almanac.transforms.dataset.DatasetException;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code predictions.json}: what a predict wrote; written last.
 *
 * @param run the folder of the run whose model predicted
 * @param read rows of the input: those predicted and those rejected
 */
record PredictionsManifest(
    int formatVersion,
    String run,
    long read,
    long predicted,
    long rejected,
    List<String> files,
    List<String> rejects) {
  static final String FILE = "predictions.json";
  private static final int FORMAT_VERSION = 1;
  private static final int SHOWN_REJECTS = 5;

  /** Checks what was predicted, moves it to its place and returns the folder. */
  static String commit(PredictJob job, List<PredictedChunk> unordered) throws IOException {
    String path = Storage.resolve(job.staging().dataset(), FILE);
    if (Storage.exists(path)) {
      return job.staging().dataset();
    }
    List<PredictedChunk> chunks =
        unordered.stream().sorted(Comparator.comparingInt(PredictedChunk::chunk)).toList();
    long read = chunks.stream().mapToLong(PredictedChunk::read).sum();
    long predicted = chunks.stream().mapToLong(PredictedChunk::predicted).sum();
    long rejected = chunks.stream().mapToLong(PredictedChunk::rejected).sum();
    checkColumns(job, chunks);
    if (!job.rejects().allows(rejected, read)) {
      List<String> first =
          chunks.stream().flatMap(c -> c.firstRejects().stream()).limit(SHOWN_REJECTS).toList();
      throw new DatasetException(
          "Cannot predict: %d of %d rows cannot be parsed, and the config allows no more than %s%n  %s%nCorrect the files, or allow more under rejects: {max-rows: N} or {max-share: 0.01}"
              .formatted(
                  rejected, read, job.rejects(), String.join("%n  ".formatted(), first)));
    }
    if (read != predicted + rejected) {
      throw new DatasetException(
          "Cannot finish the predictions: %d rows read, %d predicted and %d rejected; this is a fault of Almanac's"
              .formatted(read, predicted, rejected));
    }
    PredictionsManifest manifest =
        new PredictionsManifest(
            FORMAT_VERSION,
            job.run(),
            read,
            predicted,
            rejected,
            chunks.stream().map(PredictedChunk::file).toList(),
            chunks.stream()
                .filter(chunk -> chunk.rejected() > 0)
                .map(chunk -> Storage.name(job.staging().rejects(chunk.chunk())))
                .map(name -> "rejects/" + name)
                .toList());
    job.staging().publish();
    Storage.writeText(path, Json.pretty(manifest));
    job.staging().delete();
    return job.staging().dataset();
  }

  /** A column that no file has would silently be missing everywhere. */
  private static void checkColumns(PredictJob job, List<PredictedChunk> chunks) {
    Set<String> missing = new LinkedHashSet<>(chunks.get(0).missing());
    chunks.forEach(chunk -> missing.retainAll(chunk.missing()));
    if (!missing.isEmpty()) {
      throw new DatasetException(
          "Cannot predict: the run's transform reads columns that none of the input files has (%s); give files like those it was trained on, or another run (%s)"
              .formatted(String.join(", ", missing), job.run()));
    }
  }
}
