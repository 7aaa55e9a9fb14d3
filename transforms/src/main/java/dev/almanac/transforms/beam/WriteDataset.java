package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.beam.coder.Packed;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.dataset.BatchDatasetJob;
import dev.almanac.transforms.dataset.RowTally;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.problem.Names;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.RowOrder;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Writes encoded rows as a dataset that training reads: parquet files a split, the transform, the
 * schema, and {@code dataset.json} last. The output is the dataset's folder, once.
 *
 * <p>The input is what {@link ApplyTransform#toSplits} made: {@link SplitByDate#TRAIN}, {@link
 * SplitByDate#VALIDATION} and {@link SplitByDate#TEST} are written, the other collections are
 * counted in {@code dataset.json} where they are there: rows outside all ranges, rows without a
 * label (dropped) and rows without a date (rejected as {@code missing}; there is no file of them).
 *
 * <p>A bounded collection has no order, so rows are put in one that their content and the seed
 * decide: equal rows give equal files, whatever the bundles were and on every runner. Rows that
 * share all cells are held in memory together. {@link #readBy} gives rows the order of their source
 * instead. Global window only. A pipeline that fails leaves a hidden folder beside the dataset,
 * which may be deleted.
 */
public final class WriteDataset extends PTransform<PCollectionTuple, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final String folder;
  private final PCollectionView<FittedTransform> transform;
  private final String name;
  private final DatasetLayout layout;
  private final Instant created;

  /** The source that the rows were read from; null where their content is their order. */
  private final Long read;

  private WriteDataset(
      String folder,
      PCollectionView<FittedTransform> transform,
      String name,
      DatasetLayout layout,
      Instant created,
      Long read) {
    this.folder = folder;
    this.transform = transform;
    this.name = name;
    this.layout = layout;
    this.created = created;
    this.read = read;
  }

  /**
   * Writes below a folder that holds datasets, each in a folder named by date and time.
   *
   * @param folder local or remote; made when it is not there
   */
  public static WriteDataset to(String folder) {
    Objects.requireNonNull(folder, "folder");
    return new WriteDataset(folder, null, Storage.name(folder), DatasetLayout.USUAL, null, null);
  }

  /** Names the transform that encoded the rows; it is written beside them. Required. */
  public WriteDataset withTransform(PCollectionView<FittedTransform> fitted) {
    return new WriteDataset(
        folder, Objects.requireNonNull(fitted, "fitted"), name, layout, created, read);
  }

  /** Says what the rows are, for {@code dataset.json}; the folder's name when this is left out. */
  public WriteDataset named(String source) {
    return new WriteDataset(
        folder, transform, Objects.requireNonNull(source, "source"), layout, created, read);
  }

  /** Rows of each row group, the last of a file apart; 131,072 when this is left out. */
  public WriteDataset withRowGroupRows(int rows) {
    return with(
        new DatasetLayout(rows, layout.files(), layout.codec(), layout.order(), layout.seed()));
  }

  /** Parquet files of each split, fewer where it has fewer rows; 4 when this is left out. */
  public WriteDataset withFiles(int files) {
    return with(
        new DatasetLayout(
            layout.rowGroupRows(), files, layout.codec(), layout.order(), layout.seed()));
  }

  /** How pages are compressed; not at all when this is left out. */
  public WriteDataset withCodec(ParquetCodec codec) {
    return with(
        new DatasetLayout(
            layout.rowGroupRows(), layout.files(), codec, layout.order(), layout.seed()));
  }

  /** Another order of the rows; 42 when this is left out. */
  public WriteDataset withSeed(long seed) {
    return with(
        new DatasetLayout(
            layout.rowGroupRows(), layout.files(), layout.codec(), layout.order(), seed));
  }

  /** The date and time that name the dataset, to the second; when the pipeline was built else. */
  public WriteDataset createdAt(Instant instant) {
    return new WriteDataset(
        folder, transform, name, layout, Objects.requireNonNull(instant, "instant"), read);
  }

  /**
   * Puts the rows in the order in which this source has them, those of train shuffled from there:
   * the files are to the byte those that {@link PrepareDataset} makes of the same source. Every
   * batch must have come from {@link ReadSource}, through steps that keep its rows apart.
   */
  public WriteDataset readBy(ReadSource source) {
    return new WriteDataset(folder, transform, name, layout, created, source.id());
  }

  /** Leaves the rows of train in the order of the source, see {@link #readBy}. */
  public WriteDataset inSourceOrder() {
    return with(
        new DatasetLayout(
            layout.rowGroupRows(), layout.files(), layout.codec(), RowOrder.SOURCE, layout.seed()));
  }

  private WriteDataset with(DatasetLayout changed) {
    return new WriteDataset(folder, transform, name, changed, created, read);
  }

  @Override
  public PCollection<String> expand(PCollectionTuple splits) {
    validate(splits);
    BatchDatasetJob job = job(splits.getPipeline().getOptions().getRunner().getSimpleName());
    PCollectionList<KV<Integer, ColumnBatch>> spread = PCollectionList.empty(splits.getPipeline());
    for (Split split : Split.values()) {
      spread =
          spread.and(
              splits
                  .get(SplitByDate.tag(split))
                  .apply(
                      "Spread " + split,
                      ParDo.of(new Spread(job, split, transform)).withSideInputs(transform))
                  .setCoder(KvCoder.of(VarIntCoder.of(), ColumnBatchCoder.of())));
    }
    PCollection<KV<Integer, String>> spooled =
        spread
            .apply("All splits", Flatten.pCollections())
            .apply("Gather shards", GroupByKey.create())
            .apply("Order shard", ParDo.of(new OrderShard(job)))
            .setCoder(Lines.coder());
    PCollectionView<List<String>> unknown =
        (splits.has(ApplyTransform.UNKNOWN_CLASSES)
                ? splits.get(ApplyTransform.UNKNOWN_CLASSES)
                : splits.getPipeline().apply("No classes", Create.empty(StringUtf8Coder.of())))
            .apply("Unknown classes", View.asList());
    return tallies(splits, spooled)
        .apply("All counts", Flatten.pCollections())
        .apply("Gather counts", GroupByKey.create())
        .apply(
            "Plan", ParDo.of(new Plan(job, transform, unknown)).withSideInputs(transform, unknown))
        .setCoder(Lines.coder())
        .apply("Parts", WriteParts.of(Packed.of(job)));
  }

  private void validate(PCollectionTuple splits) {
    if (transform == null) {
      throw new RefusedException(
          "Cannot write a dataset to %s: call withTransform with the transform that encoded the rows"
              .formatted(folder));
    }
    if (read == null && !layout.shuffled()) {
      throw new RefusedException(
          "Cannot write a dataset to %s in the order of its source: call readBy with the ReadSource that reads it"
              .formatted(folder));
    }
    for (Split split : Split.values()) {
      if (!splits.has(SplitByDate.tag(split))) {
        throw new RefusedException(
            "Cannot write a dataset to %s: there is no collection of %s (%s)"
                .formatted(folder, split, splits.getAll().keySet()));
      }
    }
  }

  private BatchDatasetJob job(String runner) {
    try {
      Instant begun = created == null ? Instant.now() : created;
      BatchDatasetJob job = BatchDatasetJob.of(folder, begun, name, layout).madeOn(runner);
      return read == null ? job : job.readFrom(read);
    } catch (IOException e) {
      throw new RefusedException(
          "Cannot write a dataset to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** The counts of rows written and left out, and one of none: the plan is made even for no row. */
  private static PCollectionList<KV<Integer, String>> tallies(
      PCollectionTuple splits, PCollection<KV<Integer, String>> spooled) {
    PCollectionList<KV<Integer, String>> tallies =
        PCollectionList.of(spooled)
            .and(
                splits
                    .getPipeline()
                    .apply(
                        "No rows",
                        Create.of(KV.of(0, Json.line(RowTally.leftOut(RowTally.OUTSIDE, 0))))
                            .withCoder(Lines.coder())));
    Map<String, TupleTag<ColumnBatch>> others = new LinkedHashMap<>();
    others.put(RowTally.OUTSIDE, SplitByDate.OUTSIDE);
    others.put(RowTally.NO_DATE, SplitByDate.NO_DATE);
    others.put(RowTally.NO_LABEL, ApplyTransform.NO_LABEL);
    for (Map.Entry<String, TupleTag<ColumnBatch>> other : others.entrySet()) {
      if (splits.has(other.getValue())) {
        tallies =
            tallies.and(
                splits
                    .get(other.getValue())
                    .apply("Count " + other.getKey(), CountRows.create())
                    .apply("Tally " + other.getKey(), ParDo.of(new TallyRows(other.getKey())))
                    .setCoder(Lines.coder()));
      }
    }
    return tallies;
  }

  /** Sends each row where its content or its origin says: trying again sends it there again. */
  private static final class Spread extends DoFn<ColumnBatch, KV<Integer, ColumnBatch>> {
    private static final long serialVersionUID = 1L;

    private final BatchDatasetJob job;
    private final Split split;
    private final PCollectionView<FittedTransform> transform;

    Spread(BatchDatasetJob job, Split split, PCollectionView<FittedTransform> transform) {
      this.job = job;
      this.split = split;
      this.transform = transform;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ColumnBatch batch = context.element();
      FittedTransform fitted = context.sideInput(transform);
      if (!batch.schema().equals(fitted.outputSchema())) {
        throw new RefusedException(
            "Cannot write a batch of %s: its columns must be those of the transform, %s (%s); apply ApplyTransform first"
                .formatted(
                    split,
                    Names.of(fitted.outputSchema().names()),
                    Names.of(batch.schema().names())));
      }
      job.shards(split, batch).forEach((shard, rows) -> context.output(KV.of(shard, rows)));
    }
  }

  private static final class OrderShard
      extends DoFn<KV<Integer, Iterable<ColumnBatch>>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final BatchDatasetJob job;

    OrderShard(BatchDatasetJob job) {
      this.job = job;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<ColumnBatch>> shard, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      RowTally rows = job.spool(shard.getKey(), shard.getValue());
      out.output(KV.of(0, Json.line(rows)));
    }
  }

  private static final class TallyRows extends DoFn<Long, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final String place;

    TallyRows(String place) {
      this.place = place;
    }

    @ProcessElement
    public void process(@Element Long rows, OutputReceiver<KV<Integer, String>> out) {
      out.output(KV.of(0, Json.line(RowTally.leftOut(place, rows))));
    }
  }

  private static final class Plan extends DoFn<KV<Integer, Iterable<String>>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final BatchDatasetJob job;
    private final PCollectionView<FittedTransform> transform;
    private final PCollectionView<List<String>> unknown;

    Plan(
        BatchDatasetJob job,
        PCollectionView<FittedTransform> transform,
        PCollectionView<List<String>> unknown) {
      this.job = job;
      this.transform = transform;
      this.unknown = unknown;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      int number = 0;
      for (PartPlan part :
          job.plan(
              Lines.read(context.element().getValue(), RowTally.class),
              context.sideInput(transform),
              context.sideInput(unknown).stream().sorted().toList())) {
        context.output(KV.of(number++, Json.line(part)));
      }
    }
  }
}
