package dev.almanac.transforms.dataset.part;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Settles the order of rows whose keys are equal by their cells, so that no order is left open. */
final class ContentOrder {
  private ContentOrder() {}

  /**
   * The batch with rows of equal keys in the order of their cells, the first column first.
   *
   * @param keys one a row; equal ones stand together, and stay in place
   */
  static ColumnBatch settled(ColumnBatch batch, long[] keys) {
    Integer[] order = null;
    Comparator<Integer> cells = null;
    for (int from = 0, until; from < keys.length; from = until) {
      until = from + 1;
      while (until < keys.length && keys[until] == keys[from]) {
        until++;
      }
      if (until > from + 1) {
        if (order == null) {
          order = IntStream.range(0, keys.length).boxed().toArray(Integer[]::new);
          cells = cells(batch);
        }
        Arrays.sort(order, from, until, cells);
      }
    }
    return order == null
        ? batch
        : batch.take(Arrays.stream(order).mapToInt(Integer::intValue).toArray());
  }

  private static Comparator<Integer> cells(ColumnBatch batch) {
    return (left, right) -> {
      for (Column column : batch.columns()) {
        int order = Boolean.compare(column.isNull(right), column.isNull(left));
        if (order == 0 && !column.isNull(left)) {
          order = column.compare(left, right);
        }
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }
}
