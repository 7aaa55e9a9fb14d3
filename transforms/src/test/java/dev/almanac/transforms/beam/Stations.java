package dev.almanac.transforms.beam;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.DatePart;
import dev.almanac.transforms.feature.DateParts;
import dev.almanac.transforms.feature.NullIfFlagged;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceFolder;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
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
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Prepares station files as a user would, through a pipeline on the direct runner. */
final class Stations {
  static final DateSplit SPLIT =
      new DateSplit(
          "DATE",
          new DateRange(LocalDate.of(1990, 1, 1), LocalDate.of(2008, 1, 1)),
          new DateRange(LocalDate.of(2008, 1, 1), LocalDate.of(2010, 1, 1)),
          new DateRange(LocalDate.of(2010, 1, 1), LocalDate.of(2014, 1, 1)));

  static final List<SourceColumn> SCHEMA =
      List.of(
          new SourceColumn("STATION", ColumnType.STRING, null, false),
          new SourceColumn("DATE", ColumnType.DATE, DateForm.ISO, false),
          new SourceColumn("LATITUDE", ColumnType.DOUBLE, null, true),
          new SourceColumn("ELEVATION", ColumnType.DOUBLE, null, true),
          new SourceColumn("PRCP", ColumnType.LONG, null, true),
          new SourceColumn("TMAX", ColumnType.LONG, null, true),
          new SourceColumn("TMAX_ATTRIBUTES", ColumnType.STRING, null, true),
          new SourceColumn("TMIN", ColumnType.LONG, null, true));

  private static final List<RowFeature> FEATURES =
      List.of(
          new NullIfFlagged("TMAX", "TMAX_ATTRIBUTES", 2),
          new DateParts("DATE", List.of(DatePart.DAY_OF_YEAR_SIN, DatePart.DAY_OF_YEAR_COS)));

  private static final ModelColumns COLUMNS =
      new ModelColumns(
          "TMAX",
          LabelKind.REGRESSION,
          List.of("LATITUDE", "ELEVATION", "PRCP", "TMIN"),
          List.of("STATION"),
          List.of("STATION", "DATE"));

  private final Path output;
  private DatasetLayout layout =
      new DatasetLayout(4096, 3, ParquetCodec.UNCOMPRESSED, RowOrder.SHUFFLED, 42);
  private RejectPolicy rejects = RejectPolicy.none();
  private DateSplit split = SPLIT;
  private boolean oneFileAChunk;
  private String keep;

  Stations(Path output) {
    this.output = output;
  }

  Stations with(DatasetLayout changed) {
    layout = changed;
    return this;
  }

  Stations with(RejectPolicy changed) {
    rejects = changed;
    return this;
  }

  Stations with(DateSplit changed) {
    split = changed;
    return this;
  }

  Stations oneFileAChunk() {
    oneFileAChunk = true;
    return this;
  }

  /** Prepares the files of a glob as the dataset of this name. */
  Dataset prepare(String glob, String name) throws IOException {
    List<StoredFile> files = Storage.match(glob);
    FitPlan fit = FitPlan.of(SCHEMA, FEATURES, COLUMNS, FitSteps.DEFAULT);
    DatasetJob job =
        new DatasetJob(
            new Staging(output.toString(), name),
            new DatasetSource(
                CsvFormat.standard(),
                DatasetSource.wanted(SCHEMA, fit, split),
                SourceFolder.of(files),
                SourceChoice.ALL,
                List.of()),
            fit,
            split,
            layout,
            new Tolerance(rejects, 1.0, UnknownClassPolicy.COUNT_AS_WRONG),
            new DatasetIdentity(
                "stations",
                "config",
                "schema",
                "2020-01-01T00:00:00Z",
                "test",
                null,
                "direct",
                "h"),
            keep);
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs("--enforceImmutability=false", "--targetParallelism=3")
                .create());
    pipeline.apply(
        PrepareDataset.of(
            job,
            (oneFileAChunk ? single(files) : SourceChunk.cut(files))
                .stream().map(ChunkTask::of).toList()));
    pipeline.run().waitUntilFinish();
    return Dataset.open(job.staging().dataset());
  }

  private static List<SourceChunk> single(List<StoredFile> files) {
    return java.util.stream.IntStream.range(0, files.size())
        .mapToObj(i -> new SourceChunk(i, List.of(SourceRange.whole(files.get(i)))))
        .toList();
  }
}
