package dev.almanac.training.data.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.Batch;
import dev.almanac.training.data.BatchAssembler;
import dev.almanac.training.data.DatasetFixture;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.parquet.write.ParquetCodec;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitReaderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 33, 100, 1_000_000})
  void rowsComeInTheOrderInWhichTheyWereWritten(int batchRows) throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.ZSTD, 100, 250, 1, 330);
    ColumnBatch all = DatasetFixture.rows(0, 581);
    int row = 0;
    try (SplitReader reader = SplitReader.open(dataset, Split.TRAIN, batchRows)) {
      assertEquals(581, reader.rows());
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        assertTrue(batch.rows() <= batchRows);
        assertEquals(DatasetFixture.cut(all, row, row + batch.rows()), batch);
        row += batch.rows();
      }
    }
    assertEquals(581, row);
  }

  @Test
  void duckDbSeesTheSameRows() throws Exception {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 100, 250, 330);
    try (SplitReader reader = SplitReader.open(dataset, Split.TRAIN, 64);
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select rain, station, number, \"keep.name\" from '%s/train/*.parquet' order by number"
                    .formatted(folder))) {
      for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          assertTrue(found.next());
          assertEquals(found.getFloat(1), ((FloatColumn) batch.column("rain")).values()[row]);
          assertEquals(found.getInt(2), ((IntColumn) batch.column("station")).values()[row]);
          assertEquals(found.getFloat(3), ((FloatColumn) batch.column("number")).values()[row]);
          assertEquals(found.getString(4), ((StringColumn) batch.column("keep.name")).value(row));
        }
      }
      assertFalse(found.next());
    }
  }

  @Test
  void anAssembledBatchHoldsTheRowsInOrder() throws IOException {
    Dataset dataset = DatasetFixture.write(folder, ParquetCodec.UNCOMPRESSED, 1_000, 1_500);
    BatchAssembler assembler = new BatchAssembler(dataset.manifest().columns());
    int number = 0;
    try (SplitReader reader = SplitReader.openEncoded(dataset, Split.TRAIN, 600)) {
      for (ColumnBatch columns = reader.next(); columns != null; columns = reader.next()) {
        try (Batch batch = assembler.batch(columns)) {
          for (int row = 0; row < batch.rows(); row++, number++) {
            assertEquals(number, batch.labels().asFloatBuffer().get(row));
            assertEquals(DatasetFixture.rain(number), batch.numeric().asFloatBuffer().get(3 * row));
            assertEquals(2 * number, batch.numeric().asFloatBuffer().get(3 * row + 2));
            assertEquals(
                DatasetFixture.station(number), batch.categories().asIntBuffer().get(2 * row));
            assertEquals(number % 50, batch.categories().asIntBuffer().get(2 * row + 1));
          }
        }
      }
    }
    assertEquals(1_500, number);
  }

  @Test
  void rowsWithoutALabelMakeABatchWithoutLabels() {
    ColumnBatch rows = DatasetFixture.rows(0, 10);
    List<String> features = List.of("kind", "station", "height", "snow", "rain");
    try (Batch batch = new BatchAssembler(DatasetFixture.COLUMNS).batch(rows.select(features))) {
      assertFalse(batch.hasLabels());
      assertEquals(18, batch.numeric().asFloatBuffer().get(9 * 3 + 2));
      IllegalStateException e = assertThrows(IllegalStateException.class, batch::labels);
      assertEquals("Cannot read the labels of a batch: its rows have none", e.getMessage());
    }
  }

  @Test
  void aBadCellIsNamedBeforeABatchIsMade() {
    int[] kind = new int[10];
    kind[3] = 50;
    ColumnBatch rows =
        DatasetFixture.rows(0, 10).with(DatasetFixture.SCHEMA.field("kind"), new IntColumn(kind));
    BatchAssembler assembler = new BatchAssembler(DatasetFixture.COLUMNS);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> assembler.batch(rows));
    assertEquals(
        "Cannot make a batch: column 'kind', row 3: a category index is from 0 to 49 (50)",
        e.getMessage());
  }
}
