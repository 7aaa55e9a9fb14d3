package dev.almanac.transforms.analyze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.column.Column;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The laws of every analyzer: its bytes depend on the multiset of cells and on nothing else. */
abstract class AnalyzerContract<A extends Analyzer<A>> {
  abstract A create();

  abstract A read(DataInput in) throws IOException;

  /** Columns worth trying: with nulls, without, all null, empty, of extreme cells. */
  abstract List<Column> columns();

  @Test
  void anyCutIntoBatchesGivesTheSameBytes() throws IOException {
    for (Column column : columns()) {
      byte[] whole = bytes(of(column));
      for (int size : new int[] {1, 2, 7, 64, 100, 5000}) {
        A cut = create();
        for (Column part : parts(column, size)) {
          cut.add(part);
        }
        assertArrayEquals(whole, bytes(cut), "batches of " + size);
      }
    }
  }

  @Test
  void anyOrderAndGroupingOfMergesGivesTheSameBytes() throws IOException {
    Random random = new Random(11);
    for (Column column : columns()) {
      byte[] whole = bytes(of(column));
      for (int round = 0; round < 5; round++) {
        List<A> parts = new ArrayList<>();
        parts.add(create());
        for (Column part : parts(column, 1 + random.nextInt(300))) {
          parts.add(of(part));
        }
        Collections.shuffle(parts, random);
        while (parts.size() > 1) {
          A left = parts.remove(random.nextInt(parts.size()));
          A right = parts.remove(random.nextInt(parts.size()));
          left.merge(right);
          parts.add(left);
        }
        assertArrayEquals(whole, bytes(parts.get(0)));
      }
    }
  }

  @Test
  void anyOrderOfRowsGivesTheSameBytes() throws IOException {
    for (Column column : columns()) {
      List<Integer> rows = new ArrayList<>(IntStream.range(0, column.rows()).boxed().toList());
      Collections.shuffle(rows, new Random(5));
      int[] shuffled = rows.stream().mapToInt(Integer::intValue).toArray();
      A reordered = create();
      reordered.add(column, shuffled);
      assertArrayEquals(bytes(of(column)), bytes(reordered));
    }
  }

  @Test
  void savedAndLoadedStateGoesOnAsIfNeverSaved() throws IOException {
    for (Column column : columns()) {
      A expected = of(column);
      expected.add(column);
      A loaded = read(new DataInputStream(new ByteArrayInputStream(bytes(of(column)))));
      assertArrayEquals(bytes(of(column)), bytes(loaded));
      loaded.add(column);
      assertArrayEquals(bytes(expected), bytes(loaded));
    }
  }

  @Test
  void whatAnotherWroteMergesAsTheOtherDoes() throws IOException {
    for (Column column : columns()) {
      A expected = of(column);
      expected.merge(of(column));
      A merged = of(column);
      merged.merge(new DataInputStream(new ByteArrayInputStream(bytes(of(column)))));
      assertArrayEquals(bytes(expected), bytes(merged));
    }
  }

  @Test
  void cellsWithAValueAreCounted() {
    for (Column column : columns()) {
      assertEquals(column.rows() - column.nulls(), of(column).count());
    }
  }

  @Test
  void mergingLeavesTheOtherUntouched() throws IOException {
    for (Column column : columns()) {
      A mine = of(column);
      A other = of(column);
      byte[] before = bytes(other);
      mine.merge(other);
      mine.add(column);
      assertArrayEquals(before, bytes(other));
    }
  }

  final A of(Column column) {
    A analyzer = create();
    analyzer.add(column);
    return analyzer;
  }

  static byte[] bytes(Analyzer<?> analyzer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    analyzer.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static List<Column> parts(Column column, int size) {
    List<Column> parts = new ArrayList<>();
    for (int from = 0; from < column.rows(); from += size) {
      parts.add(column.take(IntStream.range(from, Math.min(column.rows(), from + size)).toArray()));
    }
    return parts;
  }
}
