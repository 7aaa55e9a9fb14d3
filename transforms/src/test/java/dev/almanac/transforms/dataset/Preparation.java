package dev.almanac.transforms.dataset;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.reuse.KeptComparison;
import dev.almanac.transforms.reuse.KeptSource;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.source.ContentPiece;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFolder;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.DatasetSource;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.RowOrder;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.Tolerance;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Makes datasets of small notes, stage after stage, without an engine. */
public final class Preparation {
  static final List<SourceColumn> SCHEMA =
      List.of(
          new SourceColumn("day", ColumnType.DATE, DateForm.ISO, false),
          new SourceColumn("note", ColumnType.STRING, null, true),
          new SourceColumn("size", ColumnType.DOUBLE, null, true),
          new SourceColumn("label", ColumnType.LONG, null, true));

  private static final DateSplit SPLIT =
      new DateSplit(
          "day",
          new DateRange(LocalDate.of(2000, 1, 1), LocalDate.of(2010, 1, 1)),
          new DateRange(LocalDate.of(2010, 1, 1), LocalDate.of(2012, 1, 1)),
          new DateRange(LocalDate.of(2012, 1, 1), null));

  private final Path output;
  private final boolean shuffled;
  private RejectPolicy rejects = RejectPolicy.none();
  private List<RowFeature> features = List.of();
  private double maxUnreadable = 1;
  private long range = SourceChunk.RANGE;
  private boolean keep = true;
  private Dataset since;

  public Preparation(Path output, boolean shuffled) {
    this.output = output;
    this.shuffled = shuffled;
  }

  public Preparation inRangesOf(long bytes) {
    range = bytes;
    return this;
  }

  Preparation allowing(long rejected) {
    rejects = new RejectPolicy(rejected, null);
    return this;
  }

  public Preparation computing(double share, RowFeature... steps) {
    maxUnreadable = share;
    features = List.of(steps);
    return this;
  }

  public Preparation withoutKeeping() {
    keep = false;
    return this;
  }

  public Preparation since(Dataset earlier) {
    since = earlier;
    return this;
  }

  /** Prepares the CSV files of a folder. */
  public Dataset prepare(Path source, String name) throws IOException {
    return prepare(job(source, name), chunks(source));
  }

  /** Prepares these files, of whose folder others are left out. */
  public Dataset prepare(List<StoredFile> files, Map<String, String> leftOut, String name)
      throws IOException {
    return prepare(
        job(files, new SourceChoice(leftOut), name),
        SourceChunk.cut(files).stream().map(ChunkTask::of).toList());
  }

  private Dataset prepare(DatasetJob job, List<ChunkTask> chunks) throws IOException {
    List<ChunkSummary> summaries = new ArrayList<>();
    for (ChunkTask chunk : chunks) {
      summaries.add(new ChunkStager(job).stage(chunk));
    }
    Collections.reverse(summaries);
    List<WrittenPart> parts = new ArrayList<>();
    for (PartPlan part : new DatasetStages(job).plan(summaries)) {
      parts.add(new DatasetStages(job).write(part));
    }
    return Dataset.open(new DatasetStages(job).commit(parts));
  }

  public List<ChunkTask> chunks(Path source) throws IOException {
    List<StoredFile> files = Storage.match(source + "/*.csv");
    List<SourceChunk> chunks =
        SourceChunk.pack(SourceChunk.ranges(files, CsvFormat.standard(), range));
    return since == null ? chunks.stream().map(ChunkTask::of).toList() : reused(chunks).chunks();
  }

  private KeptComparison.Reused reused(List<SourceChunk> chunks) throws IOException {
    KeptComparison comparison = KeptComparison.of(KeptSource.open(since), since, chunks);
    List<ContentPiece.Hashed> hashed = new ArrayList<>();
    for (ContentPiece piece : comparison.pieces()) {
      hashed.add(piece.hash());
    }
    return comparison.settled(hashed);
  }

  public DatasetJob job(Path source, String name) throws IOException {
    return job(Storage.match(source + "/*.csv"), SourceChoice.ALL, name);
  }

  private DatasetJob job(List<StoredFile> files, SourceChoice choice, String name) {
    ModelColumns columns =
        new ModelColumns(
            "label", LabelKind.REGRESSION, List.of("size"), List.of("note"), List.of("day"));
    FitPlan fit = FitPlan.of(SCHEMA, features, columns, FitSteps.DEFAULT);
    return new DatasetJob(
        new Staging(output.toString(), name),
        new DatasetSource(
            CsvFormat.standard(),
            DatasetSource.wanted(SCHEMA, fit, SPLIT),
            SourceFolder.of(files),
            choice,
            List.of()),
        fit,
        SPLIT,
        new DatasetLayout(
            100, 3, ParquetCodec.UNCOMPRESSED, shuffled ? RowOrder.SHUFFLED : RowOrder.SOURCE, 42),
        new Tolerance(rejects, maxUnreadable, UnknownClassPolicy.COUNT_AS_WRONG),
        new DatasetIdentity(
            "notes", "config", "schema", "2020-01-01T00:00:00Z", "test", null, "none", "h"),
        keep ? "key" : null);
  }

  /** A file of notes, some of which hold quotes and line breaks; every row is another one. */
  public static void write(Path file, int seed, int rows) throws IOException {
    StringBuilder csv = new StringBuilder("day,note,size,label\n");
    for (int row = 0; row < rows; row++) {
      LocalDate day = LocalDate.of(1998, 1, 1).plusDays(row * 6000L / rows);
      String note =
          switch (row % 7) {
            case 0 -> "\"two\nlines\"";
            case 1 ->
                "\"1999-01-01,\"\"a\"\",1,1\n2001-05-0%d,\"\"b\"\",2,2\n\"".formatted(row % 9);
            default -> "plain" + row % 5;
          };
      String label = row % 11 == 0 ? "" : Integer.toString(row * 31 + seed);
      csv.append("%s,%s,%d.5,%s\n".formatted(day, note, (row * 17 + seed) % 1000, label));
    }
    Files.writeString(file, csv);
  }
}
