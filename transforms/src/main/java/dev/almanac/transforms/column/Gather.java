package dev.almanac.transforms.column;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one batch of rows that lie in several batches of the same schema. */
public final class Gather {
  private Gather() {}

  /**
   * The rows {@code (batch[i], row[i])}, in that order. Text gets one dictionary, in the order of
   * first appearance, so the result does not depend on how the rows were cut into batches.
   */
  public static ColumnBatch rows(
      TableSchema schema, List<ColumnBatch> batches, int[] batch, int[] row) {
    List<Column> columns = new ArrayList<>(schema.size());
    for (int position = 0; position < schema.size(); position++) {
      Column[] sources = new Column[batches.size()];
      for (int i = 0; i < sources.length; i++) {
        sources[i] = batches.get(i).column(position);
      }
      columns.add(column(schema.field(position).type(), sources, batch, row));
    }
    return new ColumnBatch(schema, columns, row.length);
  }

  /** All rows of these batches, one batch after the other. */
  public static ColumnBatch all(TableSchema schema, List<ColumnBatch> batches) {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    int rows = batches.stream().mapToInt(ColumnBatch::rows).sum();
    int[] batch = new int[rows];
    int[] row = new int[rows];
    int at = 0;
    for (int i = 0; i < batches.size(); i++) {
      for (int j = 0; j < batches.get(i).rows(); j++) {
        batch[at] = i;
        row[at++] = j;
      }
    }
    return rows(schema, batches, batch, row);
  }

  private static Column column(ColumnType type, Column[] sources, int[] batch, int[] row) {
    return switch (type) {
      case LONG, DATE -> longs(type, sources, batch, row);
      case DOUBLE -> doubles(sources, batch, row);
      case STRING -> strings(sources, batch, row);
      case FLOAT32 -> {
        float[] values = new float[row.length];
        for (int i = 0; i < row.length; i++) {
          values[i] = ((FloatColumn) sources[batch[i]]).values()[row[i]];
        }
        yield new FloatColumn(values);
      }
      case INT32 -> {
        int[] values = new int[row.length];
        for (int i = 0; i < row.length; i++) {
          values[i] = ((IntColumn) sources[batch[i]]).values()[row[i]];
        }
        yield new IntColumn(values);
      }
    };
  }

  private static Column longs(ColumnType type, Column[] sources, int[] batch, int[] row) {
    long[] values = new long[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] = ((LongColumn) sources[batch[i]]).values()[row[i]];
    }
    return new LongColumn(type, values, validity(sources, batch, row));
  }

  private static Column doubles(Column[] sources, int[] batch, int[] row) {
    double[] values = new double[row.length];
    for (int i = 0; i < row.length; i++) {
      values[i] = ((DoubleColumn) sources[batch[i]]).values()[row[i]];
    }
    return new DoubleColumn(values, validity(sources, batch, row));
  }

  private static Validity validity(Column[] sources, int[] batch, int[] row) {
    if (Arrays.stream(sources).allMatch(source -> source.nulls() == 0)) {
      return Validity.all(row.length);
    }
    long[] words = new long[(row.length + 63) >>> 6];
    for (int i = 0; i < row.length; i++) {
      if (!sources[batch[i]].isNull(row[i])) {
        words[i >>> 6] |= 1L << i;
      }
    }
    return Validity.of(row.length, words);
  }

  private static Column strings(Column[] sources, int[] batch, int[] row) {
    int[][] renumbered = new int[sources.length][];
    for (int i = 0; i < sources.length; i++) {
      renumbered[i] = new int[((StringColumn) sources[i]).dictionary().size()];
      Arrays.fill(renumbered[i], StringColumn.NULL);
    }
    Map<String, Integer> seen = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    int[] codes = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      StringColumn source = (StringColumn) sources[batch[i]];
      int old = source.codes()[row[i]];
      if (old < 0) {
        codes[i] = StringColumn.NULL;
        continue;
      }
      int[] numbers = renumbered[batch[i]];
      if (numbers[old] < 0) {
        String value = source.dictionary().get(old);
        Integer code = seen.putIfAbsent(value, dictionary.size());
        if (code == null) {
          code = dictionary.size();
          dictionary.add(value);
        }
        numbers[old] = code;
      }
      codes[i] = numbers[old];
    }
    return new StringColumn(codes, dictionary);
  }
}
