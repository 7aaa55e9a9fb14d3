package dev.almanac.pipelines.stage;

import dev.almanac.training.run.Run;
import dev.almanac.transforms.artifact.FittedTransform;
import dev.almanac.transforms.dataset.DatasetException;
import dev.almanac.transforms.dataset.Unreadable;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.feature.FeaturePlan;
import dev.almanac.transforms.feature.UnreadableCounts;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Notice;
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
 * @param missingColumns columns of the run's transform that no input file has
 * @param notices what a person should know of the rows
 */
record PredictionsManifest(
    int formatVersion,
    String run,
    long read,
    long predicted,
    long rejected,
    List<String> missingColumns,
    List<Notice> notices,
    List<String> files,
    List<String> rejects) {
  static final String FILE = "predictions.json";
  private static final int FORMAT_VERSION = 1;

  /**
   * Checks what was predicted, moves it to its place and returns the folder.
   *
   * @param counts of all rows; null when nobody looks at drift
   */
  static String commit(PredictJob job, List<PredictedChunk> unordered, DriftCounts counts)
      throws IOException {
    String path = Storage.resolve(job.staging().dataset(), FILE);
    if (Storage.exists(path)) {
      return job.staging().dataset();
    }
    List<PredictedChunk> chunks =
        unordered.stream().sorted(Comparator.comparingInt(PredictedChunk::chunk)).toList();
    long read = chunks.stream().mapToLong(PredictedChunk::read).sum();
    long predicted = chunks.stream().mapToLong(PredictedChunk::predicted).sum();
    long rejected = chunks.stream().mapToLong(PredictedChunk::rejected).sum();
    List<String> missing = missingColumns(job, chunks);
    job.rejects()
        .check(
            "predict",
            rejected,
            read,
            chunks.stream().flatMap(chunk -> chunk.firstRejects().stream()).toList());
    if (read != predicted + rejected) {
      throw new DatasetException(
          "Cannot finish the predictions: %d rows read, %d predicted and %d rejected; this is a fault of Almanac's"
              .formatted(read, predicted, rejected));
    }
    if (counts != null) {
      DriftReport drift = job.drift().report(reference(job), counts, job.run());
      Storage.writeText(job.staging().file(DriftReport.FILE), Json.pretty(drift));
    }
    PredictionsManifest manifest =
        new PredictionsManifest(
            FORMAT_VERSION,
            job.run(),
            read,
            predicted,
            rejected,
            missing,
            notices(job, chunks),
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

  /** What the row-wise features could not read of the rows. */
  private static List<Notice> notices(PredictJob job, List<PredictedChunk> chunks)
      throws IOException {
    FeaturePlan features = transform(job).features();
    UnreadableCounts all = UnreadableCounts.none(features, 1);
    for (PredictedChunk chunk : chunks) {
      all = all.plus(chunk.unreadable());
    }
    return Unreadable.of(features, all).notices();
  }

  private static FittedTransform transform(PredictJob job) throws IOException {
    return FittedTransform.shared(Storage.resolve(job.run(), Run.TRANSFORM)).withoutLabel();
  }

  private static DriftReference reference(PredictJob job) throws IOException {
    return DriftReference.of(transform(job)).orElseThrow();
  }

  /** The columns that no file has; all rows are read as if they were missing there. */
  private static List<String> missingColumns(PredictJob job, List<PredictedChunk> chunks) {
    Set<String> missing = new LinkedHashSet<>(chunks.get(0).missing());
    chunks.forEach(chunk -> missing.retainAll(chunk.missing()));
    if (missing.size() == job.inputs()) {
      throw new DatasetException(
          "Cannot predict: the input files have none of the columns that the run's transform reads (%s); give files like those it was trained on, or another run (%s)"
              .formatted(String.join(", ", missing), job.run()));
    }
    return List.copyOf(missing);
  }
}
