package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.dataset.part.ContentShards;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.PartStages;
import dev.almanac.transforms.dataset.part.Shard;
import dev.almanac.transforms.dataset.part.SourceShards;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetFolder;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.parquet.write.ParquetLayout;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.reject.RejectReason;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a worker must know to make its share of a dataset out of batches that are encoded
 * already, whose source is known by a name alone. Immutable.
 *
 * <p>{@code schema.json} holds the columns that the transform reads, dates in their ISO form.
 *
 * @param source what the rows are, in the user's words
 * @param read the source that the rows were read from, whose order is theirs; null for an order by
 *     content
 */
public record BatchDatasetJob(
    Staging staging, String source, DatasetLayout layout, Instant created, String runner, Long read)
    implements PartStages {
  /**
   * A job whose dataset has the date-time name of an instant, or that name and a number where the
   * folder has such a dataset, finished or not. The name is reserved in the folder at once.
   *
   * @throws IllegalArgumentException when no dataset can be laid out so
   */
  public static BatchDatasetJob of(
      String folder, Instant created, String source, DatasetLayout layout) throws IOException {
    ParquetLayout.of(layout.rowGroupRows(), layout.codec());
    if (layout.files() < 1) {
      throw new RefusedException(
          "Cannot lay out a dataset: a split has at least 1 file (%s)".formatted(layout.files()));
    }
    Instant second = created.truncatedTo(ChronoUnit.SECONDS);
    return new BatchDatasetJob(
        Staging.reserve(folder, second), source, layout, second, "unknown", null);
  }

  /** The same job, on this engine. */
  public BatchDatasetJob madeOn(String engine) {
    return new BatchDatasetJob(staging, source, layout, created, engine, read);
  }

  /** The same job, of rows that were read from this source. */
  public BatchDatasetJob readFrom(long id) {
    return new BatchDatasetJob(staging, source, layout, created, runner, id);
  }

  /** The rows of each shard that a batch of a split has rows of. */
  public Map<Integer, ColumnBatch> shards(Split split, ColumnBatch batch) {
    if (read != null) {
      return Map.of(new SourceShards(read, layout).of(split, batch).key(), batch);
    }
    Map<Integer, ColumnBatch> shards = new TreeMap<>();
    ContentShards.cut(batch)
        .forEach((number, rows) -> shards.put(new Shard(split, number).key(), rows));
    return shards;
  }

  /**
   * The first stage: puts the rows of one shard of one split in order.
   *
   * @param key of {@link #shards}
   * @param batches read once
   */
  public RowTally spool(int key, Iterable<ColumnBatch> batches) throws IOException {
    Shard shard = Shard.of(key);
    String path = path(shard.split(), shard.number());
    long rows =
        read == null
            ? ContentShards.spool(path, shard, layout.seed(), batches)
            : new SourceShards(read, layout).spool(path, shard.split(), batches);
    return new RowTally(shard.split().text(), shard.number(), rows);
  }

  private String path(Split split, int shard) {
    return staging.work(String.format(Locale.ROOT, "%s-%06d.spool", split, shard));
  }

  /**
   * The second stage: writes the transform and says which rows make which file.
   *
   * @param unknownClasses classes that train has not, in the order of their labels -1 and down
   */
  public List<PartPlan> plan(
      List<RowTally> tallies, FittedTransform transform, List<String> unknownClasses)
      throws IOException {
    RowCounts rows = rows(tallies);
    if (rows.train() == 0) {
      throw new DatasetException(
          "Cannot write a dataset of %s: no row with a label is in train (%s)"
              .formatted(source, rows));
    }
    try {
      transform.write(staging.staged().transform());
    } catch (IllegalArgumentException nameless) {
      throw new DatasetException(
          "Cannot write a dataset of %s: %s, or compute its column before the fit"
              .formatted(source, nameless.getMessage()),
          nameless);
    }
    SchemaFile.write(SourceSchema.of(transform.inputs()), staging.staged().schema());
    new DatasetDraft(
            transform.hash(),
            transform.datasetColumns().withUnknownClasses(unknownClasses),
            layout.parquet(transform.outputSchema()).rowGroupRows(),
            new DatasetManifest.Source(
                List.of(SourceLedger.of(source, 0, null, rows)),
                rows,
                rejects(rows.rejected()),
                List.of()),
            List.of())
        .write(staging);
    List<PartPlan> parts = new ArrayList<>();
    for (Split split : Split.values()) {
      boolean shuffled = read == null || split == Split.TRAIN && layout.shuffled();
      parts.addAll(PartPlan.of(split, slices(tallies, split), shuffled, layout.files()));
    }
    return parts;
  }

  private static RowCounts rows(List<RowTally> tallies) {
    return new RowCounts(
        tallies.stream().mapToLong(RowTally::rows).sum(),
        rows(tallies, Split.TRAIN.text()),
        rows(tallies, Split.VALIDATION.text()),
        rows(tallies, Split.TEST.text()),
        rows(tallies, RowTally.OUTSIDE),
        rows(tallies, RowTally.NO_LABEL),
        rows(tallies, RowTally.NO_DATE));
  }

  private static long rows(List<RowTally> tallies, String place) {
    return tallies.stream()
        .filter(tally -> tally.place().equals(place))
        .mapToLong(RowTally::rows)
        .sum();
  }

  private static DatasetManifest.Rejects rejects(long dateless) {
    String reason = RejectReason.MISSING.text();
    return new DatasetManifest.Rejects(
        dateless,
        List.of(),
        dateless == 0 ? List.of() : List.of(new DatasetManifest.ReasonCount(reason, dateless)));
  }

  private List<PartPlan.Slice> slices(List<RowTally> tallies, Split split) {
    return tallies.stream()
        .filter(tally -> tally.place().equals(split.text()))
        .sorted(Comparator.comparingInt(RowTally::shard))
        .map(tally -> new PartPlan.Slice(path(split, tally.shard()), 0, tally.rows()))
        .toList();
  }

  @Override
  public WrittenPart write(PartPlan part) throws IOException {
    FittedTransform transform = FittedTransform.shared(staging.staged().transform());
    return PartWriter.write(staging, layout, part, transform.outputSchema(), rows -> rows);
  }

  @Override
  public String commit(List<WrittenPart> parts) throws IOException {
    DatasetCommit.commit(staging, identity(), layout, parts);
    return staging.dataset();
  }

  private DatasetIdentity identity() throws IOException {
    String published = new DatasetFolder(staging.dataset()).schema();
    String staged = staging.staged().schema();
    SourceSchema schema = SchemaFile.read(Storage.exists(staged) ? staged : published);
    String version = BatchDatasetJob.class.getPackage().getImplementationVersion();
    return new DatasetIdentity(
        source,
        Json.sha256(layout),
        schema.hash(),
        created.toString(),
        version == null ? "unknown" : version,
        null,
        runner,
        DatasetIdentity.hostName());
  }
}
