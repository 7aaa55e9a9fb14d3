package dev.almanac.benchmarks.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class StageTest {
  @Test
  void theInnermostFrameThatIsKnownHasTheTime() {
    assertEquals(
        Stage.ENCODE,
        Stage.of(
            List.of(
                "java.util.Arrays",
                "dev.almanac.transforms.encode.NumericEncoder",
                "dev.almanac.transforms.dataset.PartWriter",
                "org.apache.beam.sdk.transforms.DoFn")));
    assertEquals(Stage.OTHER, Stage.of(List.of("java.lang.Thread")));
  }

  @Test
  void particularClassesComeBeforeTheirPackage() {
    assertEquals(Stage.CSV_SCAN, Stage.of(List.of("dev.almanac.transforms.csv.scan.RowScanner")));
    assertEquals(Stage.CSV_PARSE, Stage.of(List.of("dev.almanac.transforms.csv.scan.CellReader")));
  }
}
