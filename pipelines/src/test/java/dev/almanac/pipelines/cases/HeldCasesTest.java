package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases that were right from the start, and stay so. */
class HeldCasesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"11-file-names"})
  void everyRowOfAnOddlyNamedFileIsRead(String name) throws IOException {
    var manifest = CaseFolder.of(name, folder).run("prepare", "c.yaml").manifest();
    assertEquals(
        manifest.totals().read(),
        manifest.totals().train()
            + manifest.totals().validation()
            + manifest.totals().test()
            + manifest.totals().outside()
            + manifest.totals().dropped()
            + manifest.totals().rejected());
  }
}
