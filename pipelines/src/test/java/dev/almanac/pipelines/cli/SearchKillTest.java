package dev.almanac.pipelines.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few kills; {@link SearchKillIT} makes many. */
class SearchKillTest {
  @TempDir Path folder;

  @Test
  @Timeout(300)
  void aSearchThatIsEndedTwiceComesToTheSame() throws Exception {
    SearchKills.check(folder, 2, 30, 2, 20261127);
  }
}
