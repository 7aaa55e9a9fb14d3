package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.beam.coder.Packed;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.SourceSchema;
import dev.almanac.transforms.source.FileCount;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFormat;
import dev.almanac.transforms.source.SourceReader;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.staging.DatasetSource;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.storage.Matches;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Reads CSV or parquet files, local or remote, packed or not, into batches of columns.
 *
 * <p>Three collections come out. {@link #ROWS} has the rows that can be read, in batches of at most
 * some thousands, each of which knows its file and lines ({@link ColumnBatch#origin}). {@link
 * #REJECTS} has the others, with file, line, byte, reason and text. {@link #LEDGER} has one element
 * a file, whose rows add up: those read are those that came out and those rejected. Not one row may
 * be rejected unless {@link #allowing} says so; else the pipeline fails and shows some.
 *
 * <p>Large files are cut into ranges for several workers, as {@link PrepareDataset} cuts them;
 * those of text are looked through twice then, since only the row before says where a row begins.
 * What comes out does not depend on bundles, workers or retries. A file that changes while it is
 * read fails the pipeline.
 */
public final class ReadSource extends PTransform<PBegin, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The rows that can be read. */
  public static final TupleTag<ColumnBatch> ROWS = new TupleTag<>("rows") {};

  /** The rows that cannot, each with its place and why. */
  public static final TupleTag<Reject> REJECTS = new TupleTag<>("rejects") {};

  /** How many rows of each file were read and rejected. */
  public static final TupleTag<FileCount> LEDGER = new TupleTag<>("ledger") {};

  static final TupleTag<KV<Integer, String>> ACCOUNTS = new TupleTag<>("accounts") {};

  /** What is read, and how: a question that can be asked again. */
  private record Asked(
      List<StoredFile> files,
      CsvFormat format,
      SourceSchema schema,
      List<SourceColumn> columns,
      RejectPolicy rejects,
      long rangeBytes) {}

  private final transient Asked asked;

  private ReadSource(Asked asked) {
    this.asked = asked;
  }

  /**
   * The files that some paths, folders and patterns name. They are looked for here, so make the
   * pipeline before: it says how to reach remote files.
   *
   * @throws IllegalArgumentException naming what cannot be read and what matches nothing
   */
  public static ReadSource from(String... patterns) {
    return from(List.of(patterns));
  }

  /**
   * The same.
   *
   * @throws IllegalArgumentException naming what cannot be read and what matches nothing
   */
  public static ReadSource from(List<String> patterns) {
    List<Matches> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        Matches matches = Matches.of(pattern);
        found.add(matches);
        if (matches.files().isEmpty() && matches.problems().isEmpty()) {
          problems.add("Cannot read %s: no file matches".formatted(pattern));
        }
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
    }
    Matches all = Matches.all(found);
    problems.addAll(all.problems());
    if (!problems.isEmpty() || all.files().isEmpty()) {
      throw new RefusedException(
          problems.isEmpty()
              ? "Cannot read a source: no path is given"
              : String.join("\n", problems));
    }
    return new ReadSource(
        new Asked(
            all.files(), CsvFormat.standard(), null, null, RejectPolicy.none(), SourceChunk.RANGE));
  }

  /** How text is read: comma, double quote, a header and UTF-8 when this is left out. */
  public ReadSource withFormat(CsvFormat format) {
    Objects.requireNonNull(format, "format");
    return new ReadSource(
        new Asked(
            asked.files, format, asked.schema, asked.columns, asked.rejects, asked.rangeBytes));
  }

  /**
   * The columns of the files and their types. What does not fit is a reject. Without one, {@link
   * #inferred} looks at the files.
   */
  public ReadSource withSchema(SourceSchema schema) {
    Objects.requireNonNull(schema, "schema");
    return new ReadSource(
        new Asked(asked.files, asked.format, schema, null, asked.rejects, asked.rangeBytes));
  }

  /**
   * The same with the schema that the files have: parquet says it, of text every cell is read, here
   * and in this process. For a large source let {@link InferSchema} write one, and give that.
   *
   * @throws IllegalArgumentException when the files have none
   */
  public ReadSource inferred() {
    return inferred(ColumnRoles.none());
  }

  /**
   * The same.
   *
   * @param roles what is asked of the columns, where a file leaves a choice
   * @throws IllegalArgumentException when the files have none
   */
  public ReadSource inferred(ColumnRoles roles) {
    try {
      return withSchema(SourceFormat.of(asked.files).schema(asked.files, asked.format, roles));
    } catch (IOException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  /** Reads these columns alone, in this order; all of the schema when this is left out. */
  public ReadSource withColumns(List<SourceColumn> columns) {
    return new ReadSource(
        new Asked(
            asked.files,
            asked.format,
            asked.schema,
            List.copyOf(columns),
            asked.rejects,
            asked.rangeBytes));
  }

  /** Reads the columns that a fit and a split need; a row without a date is a reject. */
  public ReadSource forPlan(FitPlan plan, DateSplit split) {
    return withColumns(DatasetSource.wanted(known().sourceColumns(), plan, split));
  }

  /** How many rows may be rejected; none when this is left out. */
  public ReadSource allowing(RejectPolicy policy) {
    Objects.requireNonNull(policy, "policy");
    return new ReadSource(
        new Asked(
            asked.files, asked.format, asked.schema, asked.columns, policy, asked.rangeBytes));
  }

  /** Cuts files that are twice as large or larger into ranges of so many bytes. */
  ReadSource inRangesOf(long bytes) {
    return new ReadSource(
        new Asked(asked.files, asked.format, asked.schema, asked.columns, asked.rejects, bytes));
  }

  /** How text is read. */
  public CsvFormat format() {
    return asked.format;
  }

  /** The files, sorted by path. */
  public List<StoredFile> files() {
    return asked.files;
  }

  /** The columns that are read, as a fit wants its source. */
  public List<SourceColumn> columns() {
    return asked.columns == null ? known().sourceColumns() : asked.columns;
  }

  /** The table that the batches have. */
  public TableSchema table() {
    return SourceColumn.schema(columns());
  }

  /** Tells the batches of this source from those of others. */
  long id() {
    return reader().id();
  }

  private SourceSchema known() {
    if (asked.schema == null) {
      throw new RefusedException(
          "Cannot read %s: call withSchema with the columns of the files, or inferred to look at them"
              .formatted(asked.files.get(0).path()));
    }
    return asked.schema;
  }

  private SourceReader reader() {
    return SourceReader.of(asked.files, columns(), asked.format);
  }

  @Override
  public PCollectionTuple expand(PBegin begin) {
    Packed<SourceReader> reader = Packed.of(reader());
    Map<Boolean, List<SourceChunk>> chunks;
    try {
      SourceFormat.of(asked.files);
      chunks =
          SourceChunk.pack(SourceChunk.ranges(asked.files, asked.format, asked.rangeBytes)).stream()
              .collect(Collectors.partitioningBy(SourceChunk::isOfFiles));
    } catch (IOException e) {
      throw new RefusedException(e.getMessage(), e);
    }
    PCollection<KV<Integer, String>> tasks =
        begin.apply("Files", SourceChunks.pieces(chunks.get(true)));
    if (!chunks.get(false).isEmpty()) {
      PCollection<KV<Integer, String>> settled =
          begin
              .apply("Ranges", SourceChunks.pieces(chunks.get(false)))
              .apply("Look", ParDo.of(new ReadStages.Look(reader)))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
              .apply("Gather ranges", GroupByKey.create())
              .apply("Settle", ParDo.of(new ReadStages.Settle(reader)))
              .setCoder(Lines.coder())
              .apply("Spread settled", Reshuffle.of());
      tasks = PCollectionList.of(tasks).and(settled).apply("Pieces", Flatten.pCollections());
    }
    PCollectionTuple read =
        tasks.apply(
            "Read",
            ParDo.of(new ReadStages.Read(reader, asked.rejects))
                .withOutputTags(ROWS, TupleTagList.of(REJECTS).and(ACCOUNTS)));
    PCollection<FileCount> ledger =
        read.get(ACCOUNTS)
            .setCoder(Lines.coder())
            .apply("Gather accounts", GroupByKey.create())
            .apply("Account", ParDo.of(new ReadStages.Account(asked.rejects)))
            .setCoder(SerializableCoder.of(FileCount.class));
    return PCollectionTuple.of(ROWS, read.get(ROWS).setCoder(ColumnBatchCoder.of()))
        .and(REJECTS, read.get(REJECTS).setCoder(SerializableCoder.of(Reject.class)))
        .and(LEDGER, ledger);
  }
}
