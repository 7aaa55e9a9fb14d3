package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.problem.RefusedException;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.Wait;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Reads flat parquet files as batches, through Beam's ParquetIO.
 *
 * <p>ParquetIO logs a record that it cannot make sense of and goes on without it, reads as many
 * rows of a row group as the group says and not as the file says, and leaves page checksums alone.
 * Here checksums are verified, and no batch leaves before the rows that came are as many as the
 * footers count: else the pipeline fails and names the difference and the files at fault.
 *
 * <p>Columns are those of the first file; every file must have them, in the same types. Integers
 * and booleans are long, floating point and decimals of up to 18 digits double. A number that is
 * not finite fails the pipeline.
 */
public final class ReadParquet extends PTransform<PBegin, PCollection<ColumnBatch>> {
  private static final long serialVersionUID = 1L;
  private static final int STRICT_BATCH_ROWS = 1 << 13;
  private static final int SHOWN_FILES = 5;

  private final String glob;
  private final TableSchema table;

  private ReadParquet(String glob, TableSchema table) {
    this.glob = glob;
    this.table = table;
  }

  /**
   * The files that match. The first one's footer is read here, so make the pipeline before: it says
   * how to reach remote files.
   *
   * @throws IllegalArgumentException when no file matches, or the first is no flat parquet file
   */
  public static ReadParquet from(String glob) {
    try {
      List<StoredFile> files = Storage.match(glob);
      if (files.isEmpty()) {
        throw new RefusedException("Cannot read %s: no file matches".formatted(glob));
      }
      return new ReadParquet(glob, ParquetFooter.read(files.get(0).path()).table());
    } catch (IOException e) {
      throw new RefusedException(e.getMessage(), e);
    }
  }

  /** The table that the batches have. */
  public TableSchema table() {
    return table;
  }

  @Override
  public PCollection<ColumnBatch> expand(PBegin begin) {
    Schema rows = RowSchemas.rows(table);
    PCollection<ColumnBatch> batches =
        begin
            .apply(
                "Read",
                ParquetIO.parseGenericRecords(new RecordToRow(table))
                    .from(glob)
                    .withCoder(RowCoder.of(rows))
                    .withConfiguration(Map.of("parquet.page.verify-checksum.enabled", "true")))
            .setRowSchema(rows)
            .apply("Batch", RowsToBatches.create());
    PCollectionView<Long> came =
        batches.apply("Count rows", CountRows.create()).apply("Rows that came", View.asSingleton());
    PCollectionView<Long> promised =
        begin
            .apply("Match", FileIO.match().filepattern(glob))
            .apply("Read footer", ParDo.of(new ReadFooter(table)))
            .setCoder(VarLongCoder.of())
            .apply("Sum footers", Sum.longsGlobally())
            .apply("Rows promised", View.asSingleton());
    PCollection<Long> checked =
        begin
            .apply("Once", Create.of(glob))
            .apply("Compare", ParDo.of(new Compare(came, promised)).withSideInputs(came, promised))
            .setCoder(VarLongCoder.of());
    return batches.apply("Hold until compared", Wait.on(checked)).setCoder(ColumnBatchCoder.of());
  }

  private static final class ReadFooter extends DoFn<MatchResult.Metadata, Long> {
    private static final long serialVersionUID = 1L;

    private final TableSchema table;

    ReadFooter(TableSchema table) {
      this.table = table;
    }

    @ProcessElement
    public void process(@Element MatchResult.Metadata file, OutputReceiver<Long> out)
        throws IOException {
      String path = file.resourceId().toString();
      ParquetFooter footer = ParquetFooter.read(path);
      table
          .fields()
          .forEach(
              field -> {
                if (!footer.table().contains(field.name())
                    || footer.table().field(field.name()).type() != field.type()) {
                  throw new DatasetException(
                      "Cannot read %s: column '%s' must be %s as in the first file (its columns are %s)"
                          .formatted(path, field.name(), field.type(), footer.table()));
                }
              });
      out.output(footer.rows());
    }
  }

  private static final class Compare extends DoFn<String, Long> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<Long> came;
    private final PCollectionView<Long> promised;

    Compare(PCollectionView<Long> came, PCollectionView<Long> promised) {
      this.came = came;
      this.promised = promised;
    }

    @ProcessElement
    public void process(ProcessContext context) throws IOException {
      context.output(
          compare(context.element(), context.sideInput(came), context.sideInput(promised)));
    }
  }

  /** Returns how many rows came, which must be as many as were promised. */
  static long compare(String glob, long came, long promised) throws IOException {
    if (came != promised) {
      throw new DatasetException(
          String.format(
              Locale.ROOT,
              "Cannot read %s: %d rows came and the footers promise %d (%+d); ParquetIO passes over what it cannot read; files at fault: %s",
              glob,
              came,
              promised,
              came - promised,
              faults(glob)));
    }
    return came;
  }

  /** Reads every file again, strictly, to say which are not what they say. */
  private static List<String> faults(String glob) throws IOException {
    List<String> faults = new ArrayList<>();
    for (StoredFile file : Storage.match(glob)) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(file.path(), STRICT_BATCH_ROWS)) {
        long rows = 0;
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          rows += batch.rows();
        }
        long promised = ParquetFooter.read(file.path()).rows();
        if (rows != promised) {
          faults.add("%s (%s rows of %s)".formatted(file.path(), rows, promised));
        }
      } catch (IOException e) {
        faults.add("%s (%s)".formatted(file.path(), e.getMessage()));
      }
      if (faults.size() == SHOWN_FILES) {
        break;
      }
    }
    return faults;
  }
}
