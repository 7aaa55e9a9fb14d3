package dev.almanac.transforms.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.dataset.part.WrittenPart;
import dev.almanac.transforms.encode.FitSteps;
import dev.almanac.transforms.encode.LabelKind;
import dev.almanac.transforms.encode.ModelColumns;
import dev.almanac.transforms.feature.Log1p;
import dev.almanac.transforms.feature.RowFeature;
import dev.almanac.transforms.fit.FitPlan;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.schema.text.DateForm;
import dev.almanac.transforms.source.SourceChoice;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.source.SourceRows;
import dev.almanac.transforms.split.DateRange;
import dev.almanac.transforms.split.DateSplit;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkSummary;
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
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WideTableTest {
  private static final int COLUMNS = 2000;
  private static final int ROWS = 12_000;

  @TempDir Path folder;

  /** 12,000 rows of 2,000 numbers are 192 MB, and several times that when they are held whole. */
  @Test
  void aWideTableIsPreparedInLittleMemory() throws IOException, InterruptedException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("wide.csv"))) {
      out.write("DATE,Y");
      for (int column = 0; column < COLUMNS; column++) {
        out.write(",X" + column);
      }
      for (int row = 0; row < ROWS; row++) {
        out.write("\n%d-01-01,%d".formatted(2000 + row % 3, row));
        for (int column = 0; column < COLUMNS; column++) {
          out.write(',');
          out.write('0' + (row + column) % 10);
        }
      }
    }
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertEquals(0, child.waitFor());
    Dataset dataset = Dataset.open(folder.resolve("out/20200101T000000Z").toString());
    assertEquals(ROWS / 3, dataset.manifest().rows(Split.TRAIN));
    assertEquals(ROWS, dataset.manifest().totals().read());
    // 2,000 features and a label, four bytes each.
    long most = (64 << 20) / (4 * (COLUMNS + 1));
    assertEquals(most, dataset.manifest().parquet().rowGroupRows());
    for (Split split : Split.values()) {
      for (DatasetFile file : dataset.manifest().files(split)) {
        assertTrue(file.rowGroups().stream().allMatch(rows -> rows <= most), file::toString);
      }
    }
    dataset.verify(List.of(Split.values()));
  }

  @Test
  void batchesOfAWideTableHaveFewerRows() {
    assertEquals(SourceRows.BATCH_ROWS, SourceRows.batchRows(20));
    assertEquals(524, SourceRows.batchRows(2000));
    assertEquals(1, SourceRows.batchRows(10_000_000));
  }

  /** Prepares the table in a process of its own, whose heap is small. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      List<SourceColumn> source = new ArrayList<>();
      source.add(new SourceColumn("DATE", ColumnType.DATE, DateForm.ISO, false));
      source.add(new SourceColumn("Y", ColumnType.LONG, null, false));
      List<String> numeric = new ArrayList<>();
      List<RowFeature> features = new ArrayList<>();
      for (int column = 0; column < COLUMNS; column++) {
        numeric.add("X" + column);
        source.add(new SourceColumn("X" + column, ColumnType.LONG, null, true));
        features.add(new Log1p("X" + column, null));
      }
      FitPlan fit =
          FitPlan.of(
              source,
              features,
              new ModelColumns("Y", LabelKind.REGRESSION, numeric, List.of(), List.of()),
              FitSteps.DEFAULT);
      LocalDate second = LocalDate.of(2001, 1, 1);
      LocalDate third = LocalDate.of(2002, 1, 1);
      DateSplit split =
          new DateSplit(
              "DATE",
              new DateRange(null, second),
              new DateRange(second, third),
              new DateRange(third, null));
      DatasetJob job =
          new DatasetJob(
              new Staging(folder.resolve("out").toString(), "20200101T000000Z"),
              new DatasetSource(
                  CsvFormat.standard(),
                  DatasetSource.wanted(source, fit, split),
                  folder + "/",
                  SourceChoice.ALL,
                  List.of()),
              fit,
              split,
              new DatasetLayout(131_072, 2, ParquetCodec.UNCOMPRESSED, RowOrder.SHUFFLED, 42),
              new Tolerance(RejectPolicy.none(), 1.0, UnknownClassPolicy.COUNT_AS_WRONG),
              new DatasetIdentity(
                  "wide", "config", "schema", "2020-01-01T00:00:00Z", "test", null, "none", "h"),
              "key");
      List<ChunkSummary> summaries = new ArrayList<>();
      for (SourceChunk chunk : SourceChunk.cut(Storage.match(folder + "/*.csv"))) {
        summaries.add(new ChunkStager(job).stage(chunk));
      }
      List<WrittenPart> parts = new ArrayList<>();
      for (PartPlan part : new DatasetStages(job).plan(summaries)) {
        parts.add(new DatasetStages(job).write(part));
      }
      new DatasetStages(job).commit(parts);
    }
  }
}
