package dev.almanac.transforms.beam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.fit.FittedTransform;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.source.FileCount;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.staging.UnknownClassPolicy;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of the two roads: {@link PrepareDataset}, which does all at once, and the library's
 * transforms, one after the other, make the same dataset of the same files: the same transform, the
 * same parquet files to the byte, the same rejects, every row in the same place of the ledger.
 */
class TwoRoadsTest {
  private static final int CONFIGS = 12;

  @TempDir Path folder;

  @Test
  void bothMakeTheSameDatasetWhateverIsAskedOfWhateverFiles() throws IOException {
    long rows = 0;
    long rejects = 0;
    long dropped = 0;
    int ranges = 0;
    int same = 0;
    int unknown = 0;
    for (int seed = 0; seed < CONFIGS; seed++) {
      RandomRoad road = RandomRoad.make(folder.resolve("r" + seed), new Random(seed));
      try {
        Dataset fused = road.prepare();
        Dataset composed = compose(road, fused, new Random(seed));
        assertEquals(
            fused.manifest().hashes().transform(), composed.manifest().hashes().transform());
        assertEquals(
            FittedTransform.read(fused.folder() + "/transform"),
            FittedTransform.read(composed.folder() + "/transform"));
        boolean sameBytes = true;
        for (Split split : Split.values()) {
          assertEquals(rows(fused, split), rows(composed, split));
          sameBytes &= fused.manifest().files(split).equals(composed.manifest().files(split));
        }
        // Rows of unknown classes are dropped when the fused road writes, for only then does it
        // know the classes of train; its files are cut before.
        assertTrue(sameBytes || road.unknownClasses() == UnknownClassPolicy.DROP, "other bytes");
        same += sameBytes ? 1 : 0;
        assertEquals(fused.manifest().parquet().order(), composed.manifest().parquet().order());
        assertEquals(fused.manifest().columns(), composed.manifest().columns());
        checkTotals(fused.manifest().totals(), composed.manifest().totals());
        composed.verify(List.of(Split.values()));
        rows += fused.manifest().totals().read();
        rejects += fused.manifest().totals().rejected();
        dropped += fused.manifest().totals().dropped();
        ranges += road.ranges();
        unknown += fused.manifest().columns().label().unknownClasses() == null ? 0 : 1;
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed %d, %s".formatted(seed, road), e);
      }
    }
    // Else there would be nothing to hold against each other.
    assertTrue(rows > 200L * CONFIGS, () -> "too few rows");
    assertTrue(same >= CONFIGS / 2 && unknown > 0);
    assertTrue(rejects > CONFIGS && dropped > CONFIGS && ranges > 3 * CONFIGS);
  }

  private static void checkTotals(RowCounts fused, RowCounts composed) {
    assertEquals(fused.train(), composed.train());
    assertEquals(fused.validation(), composed.validation());
    assertEquals(fused.test(), composed.test());
    assertEquals(fused.outside(), composed.outside());
    assertEquals(fused.dropped(), composed.dropped());
    assertEquals(fused.read() - fused.rejected(), composed.read());
  }

  private Dataset compose(RandomRoad road, Dataset fused, Random random) throws IOException {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--enforceImmutability=false", "--targetParallelism=" + (1 + random.nextInt(4)))
                .create());
    ReadSource read = road.read();
    PCollectionTuple source = pipeline.apply("Read", read);
    PCollectionTuple splits;
    PCollectionView<FittedTransform> fitted;
    FitTransform fit = FitTransform.of(road.plan()).reading(read.format());
    ApplyTransform.ToSplits apply;
    if (random.nextBoolean()) {
      splits =
          source
              .get(ReadSource.ROWS)
              .apply("Compute", ComputeFeatures.of(road.plan()))
              .apply("Split", SplitByDate.on(road.split()));
      fitted = splits.get(SplitByDate.TRAIN).apply("Fit", fit.ofComputed().asView());
      apply = ApplyTransform.toSplits(fitted).ofComputed();
    } else {
      splits = source.get(ReadSource.ROWS).apply("Split", SplitByDate.on(road.split()));
      fitted = splits.get(SplitByDate.TRAIN).apply("Fit", fit.asView());
      apply = ApplyTransform.toSplits(fitted);
    }
    WriteDataset write =
        WriteDataset.to(road.folder().resolve("composed").toString())
            .withTransform(fitted)
            .readBy(read)
            .withFiles(road.layout().files())
            .withRowGroupRows(road.layout().rowGroupRows())
            .withSeed(road.layout().seed())
            .withCodec(road.codec());
    splits
        .apply("Encode", apply.withUnknownClasses(road.unknownClasses()))
        .apply("Write", road.layout().shuffled() ? write : write.inSourceOrder());
    check(fused.manifest(), source.get(ReadSource.LEDGER));
    checkRejects(rejects(fused), source.get(ReadSource.REJECTS));
    pipeline.run().waitUntilFinish();
    return Dataset.open(road.folder().resolve("composed").toString());
  }

  /** Every file in both ledgers, with the same rows read and rejected. */
  private static void check(DatasetManifest fused, PCollection<FileCount> ledger) {
    TreeMap<String, String> expected = new TreeMap<>();
    for (SourceLedger file : fused.source().files()) {
      expected.put(
          file.path(),
          "%s %s %s".formatted(file.bytes(), file.rows().read(), file.rows().rejected()));
    }
    PAssert.that(ledger)
        .satisfies(
            files -> {
              TreeMap<String, String> found = new TreeMap<>();
              for (FileCount file : files) {
                found.put(
                    file.path(), "%s %s %s".formatted(file.bytes(), file.read(), file.rejected()));
              }
              assertEquals(expected, found);
              return null;
            });
  }

  private static void checkRejects(List<String> expected, PCollection<Reject> rejects) {
    PAssert.that(rejects)
        .satisfies(
            found -> {
              assertEquals(
                  expected,
                  StreamSupport.stream(found.spliterator(), false)
                      .map(Json::line)
                      .sorted()
                      .toList());
              return null;
            });
  }

  private static List<String> rejects(Dataset dataset) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String file : dataset.manifest().source().rejects().files()) {
      Storage.readText(Storage.resolve(dataset.folder(), file)).lines().forEach(lines::add);
    }
    return lines.stream().sorted().toList();
  }

  /** Every row of a split as text, file after file. */
  private static List<String> rows(Dataset dataset, Split split) throws IOException {
    List<String> rows = new ArrayList<>();
    for (DatasetFile file : dataset.manifest().files(split)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(dataset.path(file), 1000)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          for (int row = 0; row < batch.rows(); row++) {
            int at = row;
            rows.add(batch.columns().stream().map(column -> column.text(at)).toList().toString());
          }
        }
      }
    }
    return rows;
  }
}
