package dev.almanac.transforms.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.schema.SourceColumn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColumnLineageTest {
  private static final int ROWS = 600;
  private static final ColumnBatch READ = Weather.rows(ROWS, 1);
  private static final FittedTransform FITTED = Weather.fitted(Weather.plan(), READ);

  /** Against the transform itself: shuffle one source column, and see which columns change. */
  @Test
  void columnsComeOfThoseThatChangeThem() {
    ColumnBatch before = encoded(READ);
    Map<String, Set<String>> seen = new HashMap<>();
    for (SourceColumn input : FITTED.inputs()) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
      Collections.shuffle(order, new Random(3));
      int[] shuffled = order.stream().mapToInt(Integer::intValue).toArray();
      Column cells = READ.column(input.name());
      ColumnBatch after =
          encoded(READ.with(READ.schema().field(input.name()), cells.take(shuffled)));
      for (String name : before.schema().names()) {
        if (!before.column(name).equals(after.column(name))) {
          seen.computeIfAbsent(name, added -> new HashSet<>()).add(input.source());
        }
      }
    }
    // No label of these rows is flagged, so that its flags change nothing that there is.
    seen.get("TMAX").add("TMAX_ATTRIBUTES");
    ColumnLineage lineage = ColumnLineage.of(FITTED);
    Map<String, Set<String>> said = new HashMap<>();
    lineage.encoded().forEach((column, from) -> said.put(column, Set.copyOf(from)));
    lineage.kept().forEach((column, from) -> said.put(column, Set.copyOf(from)));
    assertEquals(seen, said);
  }

  private static ColumnBatch encoded(ColumnBatch raw) {
    return FITTED.encode(FITTED.applyFeatures(raw));
  }
}
