package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.ColumnBatchCoder;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnAppender;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.problem.RefusedException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.joda.time.ReadableInstant;

/**
 * Packs rows of a bounded collection in the global window into batches of at most {@value
 * #BATCH_ROWS} rows, the form in which all other transforms take them.
 *
 * <p>Integers and booleans become long, floats double, strings string, dates date (of an instant,
 * its day in UTC). A field of another type is refused when the pipeline is built; a double that is
 * not finite fails the bundle.
 */
public final class RowsToBatches extends PTransform<PCollection<Row>, PCollection<ColumnBatch>> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH_ROWS = 1 << 13;

  private RowsToBatches() {}

  public static RowsToBatches create() {
    return new RowsToBatches();
  }

  @Override
  public PCollection<ColumnBatch> expand(PCollection<Row> rows) {
    TableSchema table = RowSchemas.table(rows.getSchema());
    return rows.apply("Pack", ParDo.of(new Pack(table))).setCoder(ColumnBatchCoder.of());
  }

  private static final class Pack extends DoFn<Row, ColumnBatch> {
    private static final long serialVersionUID = 1L;

    private final TableSchema table;
    private transient List<ColumnAppender> columns;
    private transient int size;

    Pack(TableSchema table) {
      this.table = table;
    }

    @StartBundle
    public void startBundle() {
      columns = new ArrayList<>();
      table.fields().forEach(field -> columns.add(ColumnAppender.of(field.type())));
      size = 0;
    }

    @ProcessElement
    public void process(@Element Row row, OutputReceiver<ColumnBatch> out) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).appendValue(cell(table.field(i), row.getValue(i)));
      }
      if (++size == BATCH_ROWS) {
        out.output(build());
      }
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      if (size > 0) {
        context.output(build(), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }

    private ColumnBatch build() {
      List<Column> built = columns.stream().map(ColumnAppender::build).toList();
      ColumnBatch batch = new ColumnBatch(table, built, size);
      size = 0;
      return batch;
    }

    private static Object cell(Field field, Object value) {
      if (value == null) {
        return null;
      }
      return switch (field.type()) {
        case STRING -> value;
        case DOUBLE -> finite(field.name(), ((Number) value).doubleValue());
        default -> whole(value);
      };
    }

    private static double finite(String name, double number) {
      if (!Double.isFinite(number)) {
        throw new RefusedException(
            "Cannot take a value of column '%s': it must be finite or null (%s)"
                .formatted(name, number));
      }
      return number;
    }

    private static long whole(Object value) {
      if (value instanceof LocalDate date) {
        return date.toEpochDay();
      }
      if (value instanceof ReadableInstant instant) {
        return Math.floorDiv(instant.getMillis(), 86_400_000L);
      }
      return value instanceof Boolean truth ? (truth ? 1L : 0L) : ((Number) value).longValue();
    }
  }
}
