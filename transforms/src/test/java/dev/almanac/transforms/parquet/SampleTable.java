package dev.almanac.transforms.parquet;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.ColumnType;
import dev.almanac.transforms.column.DoubleAppender;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.FloatColumn;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.LongAppender;
import dev.almanac.transforms.column.StringAppender;
import dev.almanac.transforms.column.TableSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A table of random rows with a column of every type, nulls in those that may have them. */
public final class SampleTable {
  public static final TableSchema SCHEMA =
      TableSchema.of(
          Field.required("feature", ColumnType.FLOAT32),
          Field.required("category", ColumnType.INT32),
          Field.required("id", ColumnType.LONG),
          Field.nullable("count", ColumnType.LONG),
          Field.nullable("size", ColumnType.DOUBLE),
          Field.required("weight", ColumnType.DOUBLE),
          Field.nullable("day", ColumnType.DATE),
          Field.required("station", ColumnType.STRING),
          Field.nullable("remark", ColumnType.STRING),
          Field.nullable("nothing", ColumnType.STRING));

  private SampleTable() {}

  public static ColumnBatch random(int rows, long seed) {
    Random random = new Random(seed);
    float[] feature = new float[rows];
    int[] category = new int[rows];
    LongAppender id = new LongAppender();
    LongAppender count = new LongAppender();
    DoubleAppender size = new DoubleAppender();
    DoubleAppender weight = new DoubleAppender();
    LongAppender day = new LongAppender(ColumnType.DATE);
    StringAppender station = new StringAppender();
    StringAppender remark = new StringAppender();
    StringAppender nothing = new StringAppender();
    for (int row = 0; row < rows; row++) {
      feature[row] = (float) random.nextGaussian();
      category[row] = random.nextInt();
      id.append(random.nextLong());
      weight.append(random.nextGaussian() * 1e300);
      station.append("station-" + random.nextInt(40));
      nothing.appendNull();
      if (random.nextInt(3) == 0) {
        count.appendNull();
        size.appendNull();
      } else {
        count.append(random.nextInt(1000));
        size.append(random.nextDouble());
      }
      // Whole stretches of nulls and of values make both kinds of definition levels.
      if (row / 1000 % 2 == 0) {
        day.append(random.nextInt(40_000) - 20_000);
        remark.append("größer \u2192 " + random.nextInt(rows) + "\uD83C\uDF27");
      } else {
        day.appendNull();
        remark.appendNull();
      }
    }
    List<Column> columns =
        List.of(
            new FloatColumn(feature),
            new IntColumn(category),
            id.build(),
            count.build(),
            size.build(),
            weight.build(),
            day.build(),
            station.build(),
            remark.build(),
            nothing.build());
    return new ColumnBatch(SCHEMA, columns, rows);
  }

  public static ColumnBatch rows(ColumnBatch batch, int from, int to) {
    int[] rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return batch.take(rows);
  }
}
