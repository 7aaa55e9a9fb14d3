package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRange;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.DatasetIdentity;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.staging.DatasetLayout;
import dev.almanac.transforms.staging.DatasetSource;
import dev.almanac.transforms.staging.RangeSummary;
import dev.almanac.transforms.staging.RejectPolicy;
import dev.almanac.transforms.staging.RowOrder;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.staging.Tolerance;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are missing from the books end the work, at each place where they are counted. */
class DatasetPlannerTest {
  @TempDir Path folder;

  @Test
  void aLedgerThatDoesNotBalanceEndsTheWork() throws IOException {
    DatasetJob job = job();
    ChunkSummary read = stage(job);
    RangeSummary range = read.ranges().get(0);
    SourceLedger ledger = range.ledger();
    RowCounts rows = ledger.rows();
    assertEquals(30, rows.read());
    new DatasetStages(job).plan(List.of(read));
    for (RowCounts broken :
        List.of(
            with(rows, rows.read() + 1, rows.rejected()),
            with(rows, rows.read() - 1, rows.rejected()),
            with(rows, rows.read(), rows.rejected() + 1))) {
      DatasetException e =
          assertThrows(
              DatasetException.class,
              () ->
                  new DatasetStages(job)
                      .plan(
                          List.of(
                              new ChunkSummary(
                                  0,
                                  read.spooled(),
                                  List.of(
                                      new RangeSummary(
                                          range.range(),
                                          range.extent(),
                                          ledger.withRows(broken),
                                          range.unreadable(),
                                          null,
                                          -1,
                                          range.findings())),
                                  Map.of(),
                                  List.of(),
                                  List.of()))));
      assertEquals(
          "Cannot account for every row of %s: %s; this is a fault of Almanac's"
              .formatted(ledger.path(), broken),
          e.getMessage());
    }
  }

  @Test
  void rowsThatWereReadAndNotWrittenEndTheWork() throws IOException {
    DatasetJob job = job();
    List<WrittenPart> parts = new ArrayList<>();
    for (PartPlan plan : new DatasetStages(job).plan(List.of(stage(job)))) {
      parts.add(new DatasetStages(job).write(plan));
    }
    WrittenPart lost = parts.remove(0);
    DatasetException e =
        assertThrows(DatasetException.class, () -> new DatasetStages(job).commit(parts));
    assertEquals(
        "Cannot finish the dataset: 10 rows of train were read and 0 written; this is a fault of Almanac's",
        e.getMessage());
    parts.add(lost);
    assertEquals(10, DatasetManifest.read(new DatasetStages(job).commit(parts)).totals().train());
  }

  @Test
  void aFileThatWentOnItsWayEndsTheWork() throws IOException {
    DatasetJob job = job();
    List<WrittenPart> parts = new ArrayList<>();
    for (PartPlan plan : new DatasetStages(job).plan(List.of(stage(job)))) {
      parts.add(new DatasetStages(job).write(plan));
    }
    String path = parts.get(0).file().path();
    Files.delete(Path.of(job.staging().file(path)));
    DatasetException e =
        assertThrows(DatasetException.class, () -> new DatasetStages(job).commit(parts));
    assertEquals(
        "Cannot finish the dataset: %s/%s is not what was written (%d bytes); run prepare again"
            .formatted(job.staging().dataset(), path, parts.get(0).file().bytes()),
        e.getMessage());
  }

  private static RowCounts with(RowCounts rows, long read, long rejected) {
    return new RowCounts(
        read,
        rows.train(),
        rows.validation(),
        rows.test(),
        rows.outside(),
        rows.dropped(),
        rejected);
  }

  private ChunkSummary stage(DatasetJob job) throws IOException {
    Path file = folder.resolve("in.csv");
    StringBuilder csv = new StringBuilder("day,x,y\n");
    for (int i = 0; i < 30; i++) {
      csv.append(LocalDate.of(2020, 1, 1).plusDays(i)).append(",%d,%d\n".formatted(i, 2 * i));
    }
    Files.writeString(file, csv);
    StoredFile source = new StoredFile(file.toString(), Files.size(file), 0);
    return new ChunkStager(job).stage(new SourceChunk(0, List.of(SourceRange.whole(source))));
  }

  private DatasetJob job() throws IOException {
    List<SourceColumn> source =
        List.of(
            new SourceColumn("day", ColumnType.DATE, DateForm.ISO, false),
            new SourceColumn("x", ColumnType.LONG, null, false),
            new SourceColumn("y", ColumnType.LONG, null, false));
    ModelColumns columns =
        new ModelColumns("y", LabelKind.REGRESSION, List.of("x"), List.of(), List.of());
    FitPlan fit = FitPlan.of(source, List.of(), columns, FitSteps.DEFAULT);
    LocalDate first = LocalDate.of(2020, 1, 11);
    DateSplit split =
        new DateSplit(
            "day",
            new DateRange(null, first),
            new DateRange(first, first.plusDays(10)),
            new DateRange(first.plusDays(10), null));
    return new DatasetJob(
        new Staging(folder.resolve("datasets").toString(), "20260728T101530Z"),
        new DatasetSource(
            CsvFormat.standard(),
            DatasetSource.wanted(source, fit, split),
            folder + "/",
            SourceChoice.ALL,
            List.of()),
        fit,
        split,
        new DatasetLayout(64, 1, ParquetCodec.UNCOMPRESSED, RowOrder.SHUFFLED, 42),
        new Tolerance(RejectPolicy.none(), 1.0, UnknownClassPolicy.COUNT_AS_WRONG),
        new DatasetIdentity("small", "c", "s", "2026-07-28T10:15:30Z", "1", null, "none", "here"),
        null);
  }
}
