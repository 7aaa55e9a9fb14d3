package dev.almanac.transforms.column;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchFormatTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1000})
  void everyTypeComesBack(int rows) throws IOException {
    Random random = new Random(rows);
    TableSchema schema =
        TableSchema.of(
            Field.nullable("long", ColumnType.LONG),
            Field.nullable("double", ColumnType.DOUBLE),
            Field.required("date", ColumnType.DATE),
            Field.nullable("string", ColumnType.STRING),
            Field.required("float", ColumnType.FLOAT32),
            Field.required("int", ColumnType.INT32));
    LongAppender longs = new LongAppender();
    DoubleAppender doubles = new DoubleAppender();
    LongAppender dates = new LongAppender(ColumnType.DATE);
    StringAppender strings = new StringAppender();
    float[] floats = new float[rows];
    int[] ints = new int[rows];
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(5) == 0) {
        longs.appendNull();
        doubles.appendNull();
        strings.appendNull();
      } else {
        longs.append(random.nextLong());
        doubles.append(random.nextGaussian());
        strings.append("ä" + random.nextInt(300));
      }
      dates.append(random.nextInt(20000));
      floats[i] = random.nextFloat();
      ints[i] = random.nextInt(70000);
    }
    ColumnBatch batch =
        new ColumnBatch(
            schema,
            List.of(
                longs.build(),
                doubles.build(),
                dates.build(),
                strings.build(),
                new FloatColumn(floats),
                new IntColumn(ints)),
            rows);
    assertEquals(batch, copy(batch));
  }

  @Test
  void longsOfEveryWidthComeBack() throws IOException {
    for (long span : new long[] {0, 1, 255, 256, 65535, 65536, 0xFFFF_FFFFL, 1L << 32, -1L}) {
      for (long low : new long[] {0, -7, Long.MIN_VALUE, Long.MAX_VALUE - 1}) {
        ColumnBatch batch =
            ColumnBatch.of(
                TableSchema.of(Field.required("x", ColumnType.LONG)),
                LongColumn.of(low, low + span, low));
        assertEquals(batch, copy(batch));
      }
    }
  }

  private static ColumnBatch copy(ColumnBatch batch) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BatchFormat.write(batch, new DataOutputStream(bytes));
    return BatchFormat.read(
        batch.schema(), new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
