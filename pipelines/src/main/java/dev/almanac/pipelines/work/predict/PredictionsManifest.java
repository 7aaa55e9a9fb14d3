package dev.almanac.pipelines.work.predict;

import dev.almanac.training.run.Run;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.drift.DriftReference;
import dev.almanac.transforms.drift.DriftReport;
import dev.almanac.transforms.feature.plan.FeaturePlan;
import dev.almanac.transforms.feature.plan.UnreadableCounts;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.fit.FurtherRows;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.reuse.SameContent;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.Unreadable;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code predictions.json}: what a predict wrote; written last.
 *
 * @param run the folder of the run whose model predicted
 * @param missingColumns columns of the run's transform that no input file has
 * @param notices what a person should know though the rows were predicted
 */
record PredictionsManifest(
    int formatVersion,
    String run,
    PredictedRows rows,
    List<String> missingColumns,
    List<Notice> notices,
    List<String> files,
    List<String> rejects) {
  static final String FILE = "predictions.json";
  private static final int FORMAT_VERSION = 2;
  private static final String WIDER = "wider.json";

  private record Wider(TreeMap<String, ColumnType> columns) {}

  /**
   * Checks what was predicted, moves it to its place and returns the folder. When columns must be
   * of wider types to hold what the files hold, leaves {@value #WIDER} among what is staged
   * instead.
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
    TreeMap<String, ColumnType> wider = new TreeMap<>();
    for (PredictedChunk chunk : chunks) {
      chunk.wider().forEach((column, type) -> wider.merge(column, type, FurtherRows::widest));
    }
    if (!wider.isEmpty()) {
      Storage.writeText(job.staging().file(WIDER), Json.line(new Wider(wider)));
      return job.staging().folder();
    }
    PredictedRows counted =
        chunks.stream().map(PredictedChunk::rows).reduce(PredictedRows.NONE, PredictedRows::plus);
    FurtherRows rows = rows(job);
    List<Notice> missing = missing(chunks);
    List<Notice> everywhere =
        missing.stream().filter(column -> column.count() == files(chunks)).toList();
    checkSome(job, rows, everywhere);
    job.rejects()
        .check(
            "predict",
            counted.rejected(),
            counted.read(),
            chunks.stream().flatMap(chunk -> chunk.firstRejects().stream()).toList());
    Unreadable unreadable = unreadable(rows, chunks);
    job.unreadable().check(unreadable);
    if (!counted.balances()) {
      throw new DatasetException(
          "Cannot finish the predictions: %s rows read, %s predicted and %s rejected; this is a fault of Almanac's"
              .formatted(counted.read(), counted.predicted(), counted.rejected()));
    }
    if (counts != null) {
      DriftReport drift = job.drift().report(reference(job), counts, job.run());
      Storage.writeText(job.staging().file(DriftReport.FILE), Json.pretty(drift));
    }
    PredictionsManifest manifest =
        new PredictionsManifest(
            FORMAT_VERSION,
            job.run(),
            counted,
            everywhere.stream().map(Notice::subject).toList(),
            notices(job, rows, missing, chunks, unreadable),
            chunks.stream().map(PredictedChunk::file).toList(),
            chunks.stream()
                .filter(chunk -> chunk.rows().rejected() > 0)
                .map(chunk -> Storage.name(job.staging().rejects(chunk.chunk())))
                .map(name -> "rejects/" + name)
                .toList());
    job.staging().publish();
    Storage.writeText(path, Json.pretty(manifest));
    job.staging().delete();
    return job.staging().dataset();
  }

  /** The types that a staged predict asks for instead of predictions; empty when it does not. */
  static TreeMap<String, ColumnType> wider(Staging staging) throws IOException {
    String path = staging.file(WIDER);
    return Storage.exists(path)
        ? Json.read(Storage.readText(path), Wider.class, path).columns()
        : new TreeMap<>();
  }

  private static FurtherRows rows(PredictJob job) throws IOException {
    return FurtherRows.of(
        FittedTransform.shared(Storage.resolve(job.run(), Run.TRANSFORM)), job.format());
  }

  private static DriftReference reference(PredictJob job) throws IOException {
    return DriftReference.of(rows(job).transform());
  }

  /** The columns that files lack; their rows are read as if the cells were missing. */
  private static List<Notice> missing(List<PredictedChunk> chunks) {
    return Notice.merged(chunks.stream().flatMap(chunk -> chunk.missing().stream()).toList());
  }

  private static long files(List<PredictedChunk> chunks) {
    return chunks.stream().mapToLong(chunk -> chunk.contents().size()).sum();
  }

  private static void checkSome(PredictJob job, FurtherRows rows, List<Notice> everywhere) {
    List<String> lacking = everywhere.stream().map(Notice::subject).toList();
    long read = rows.columns().stream().map(SourceColumn::source).distinct().count();
    if (lacking.size() == read) {
      throw new DatasetException(
          "Cannot predict: the input files have none of the columns that the run's transform reads (%s): %s; correct the names in the files, or say under predict.source how they are written otherwise than those of run %s"
              .formatted(
                  String.join(", ", lacking),
                  everywhere.stream()
                      .flatMap(column -> column.places().stream())
                      .distinct()
                      .limit(Notice.MAX_PLACES)
                      .collect(Collectors.joining("; ")),
                  job.run()));
    }
    for (Notice column : everywhere) {
      if (rows.required().contains(column.subject())) {
        throw new DatasetException(
            "Cannot predict: no input file has column '%s', which train had in every row: %s; correct the names in the files, or add the column, empty where it is not known"
                .formatted(column.subject(), String.join("; ", column.places())));
      }
    }
  }

  private static List<Notice> notices(
      PredictJob job,
      FurtherRows rows,
      List<Notice> missing,
      List<PredictedChunk> chunks,
      Unreadable unreadable)
      throws IOException {
    List<Notice> notices = new ArrayList<>(job.notices());
    notices.addAll(
        SameContent.said(
            chunks.stream()
                .flatMap(chunk -> chunk.contents().stream())
                .sorted(Comparator.comparing(SameContent.Read::path))
                .toList()));
    long files = files(chunks);
    for (Notice column : missing) {
      boolean all = column.count() == files;
      notices.add(
          new Notice(
              column.kind(),
              column.subject(),
              column.count(),
              all
                  ? "no input file has column '%s': read as missing in every row"
                      .formatted(column.subject())
                  : "%s of %s no column '%s': read as missing in %s rows"
                      .formatted(
                          column.count(),
                          Count.of(files, "input file", "input files")
                              + (column.count() == 1 ? " has" : " have"),
                          column.subject(),
                          column.count() == 1 ? "its" : "their"),
              all && column.places().stream().noneMatch(place -> place.endsWith(")"))
                  ? List.of()
                  : column.places()));
    }
    job.widened()
        .forEach(
            (column, type) ->
                notices.add(
                    new Notice(
                        Notice.Kind.KEPT_AS_TEXT,
                        column,
                        0,
                        "kept column '%s' is %s here, since its cells are not all what train had (%s)"
                            .formatted(
                                column,
                                type == ColumnType.STRING ? "text" : "a " + type,
                                rows.trained(column)),
                        List.of())));
    notices.addAll(unreadable.notices());
    return notices;
  }

  private static Unreadable unreadable(FurtherRows rows, List<PredictedChunk> chunks) {
    FeaturePlan features = rows.transform().features();
    UnreadableCounts counts = UnreadableCounts.none(features, 1);
    for (PredictedChunk chunk : chunks) {
      counts = counts.plus(chunk.unreadable());
    }
    return Unreadable.of(features, counts);
  }
}
