package dev.almanac.transforms.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnOriginTest {
  private static final int ROWS = 600;
  private static final ColumnBatch ROWS_READ = Weather.rows(ROWS, 1);
  private static final FittedTransform FITTED = Weather.fitted(Weather.plan(), ROWS_READ);

  @Test
  void eachSourceColumnHasTheFeaturesComputedFromIt() {
    assertEquals(
        List.of(
            new ColumnOrigin("STATION", List.of("STATION", "STATION.bucket")),
            new ColumnOrigin("DATE", List.of("DATE.day-of-year-sin", "DATE.day-of-year-cos")),
            new ColumnOrigin("LATITUDE", List.of("LATITUDE", "MIX")),
            new ColumnOrigin("PRCP", List.of("PRCP", "PRCP.missing", "PRCP.log")),
            new ColumnOrigin("TMIN", List.of("TMIN", "TMIN.missing", "MIX"))),
        ColumnOrigin.of(FITTED));
  }

  /** Against the transform itself: shuffle one source column, and see which features change. */
  @Test
  void noOtherFeatureChangesWhenASourceColumnDoes() {
    ColumnBatch before = encoded(ROWS_READ);
    for (ColumnOrigin origin : ColumnOrigin.of(FITTED)) {
      Column cells = ROWS_READ.column(origin.name());
      List<Integer> order = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        order.add(row);
      }
      Collections.shuffle(order, new Random(3));
      int[] shuffled = order.stream().mapToInt(Integer::intValue).toArray();
      ColumnBatch after =
          encoded(ROWS_READ.with(ROWS_READ.schema().field(origin.name()), cells.take(shuffled)));
      Set<String> changed = new HashSet<>();
      for (String name : features()) {
        if (!before.column(name).equals(after.column(name))) {
          changed.add(name);
        }
      }
      assertEquals(new HashSet<>(origin.encoded()), changed, origin.name());
    }
  }

  @Test
  void everyFeatureHasAnOrigin() {
    Set<String> covered = new HashSet<>();
    ColumnOrigin.of(FITTED).forEach(origin -> covered.addAll(origin.encoded()));
    assertTrue(covered.containsAll(features()), covered::toString);
  }

  private static List<String> features() {
    List<String> names = new ArrayList<>(FITTED.numericNames());
    names.addAll(FITTED.nominalNames());
    return names;
  }

  private static ColumnBatch encoded(ColumnBatch raw) {
    return FITTED.encode(FITTED.applyFeatures(raw));
  }
}
