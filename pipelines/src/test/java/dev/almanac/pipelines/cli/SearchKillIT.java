package dev.almanac.pipelines.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that are ended at many moments. */
class SearchKillIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Timeout(900)
  void howeverOftenASearchIsEndedItComesToTheSame(long seed) throws Exception {
    SearchKills.check(folder, 3, 80, 8, seed);
  }
}
