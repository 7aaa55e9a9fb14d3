package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.Launched;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that nobody has described, a draft of their config, and the whole way on it. */
class InitCasesTest {
  private static final Path DATA = Launched.ROOT.resolveSibling("shared").resolve("data");

  @TempDir Path folder;

  @Test
  void bikeSharingRunsAsItIsDrafted() throws Exception {
    JsonNode run = initAndRun("bike-sharing/hour.csv", null);
    assertEquals(17_379, run.get("rows").get("read").asLong());
  }

  @Test
  void seattleWeatherRunsAsItIsDrafted() throws Exception {
    JsonNode run = initAndRun("seattle-weather/*.csv", null);
    assertEquals(1_461, run.get("rows").get("read").asLong());
    assertTrue(run.at("/metrics/test/accuracy").isNumber(), run.toString());
  }

  @Test
  void stationsRunOnceTheirLabelIsGiven() throws Exception {
    JsonNode run = initAndRun("ghcn-daily/USW0001[24]8*.csv.gz", "TMAX");
    double error = run.at("/metrics/test/mae").asDouble(Double.NaN);
    assertTrue(error < 60, run.toString()); // Tenths of a degree.
  }

  @Test
  void ofStationFilesOfTwoFormsOneIsReadAndTheOtherIsNamed() throws Exception {
    initAndRun("ghcn-daily-variants/*.csv", "TMAX");
  }

  @Test
  void aConfigThatExistsIsNotWrittenOver() throws Exception {
    CaseFolder.in(folder).write("a.csv", "day,v\n2020-01-01,1\n").write("a.yaml", "name: mine\n");
    CaseFolder.Answer refused = init(folder + "/a.csv", List.of());
    assertEquals(2, refused.status());
    assertTrue(refused.err().contains("the file exists"), refused.err());
    assertEquals("name: mine\n", Files.readString(folder.resolve("a.yaml")));
  }

  private JsonNode initAndRun(String files, String label) throws Exception {
    assumeTrue(Files.isDirectory(DATA), () -> "no data in " + DATA);
    JsonNode drafted =
        init(DATA.resolve(files).toString(), label == null ? List.of() : List.of("--label", label))
            .json();
    assertEquals(0, drafted.get("open").size(), drafted.toString());
    return CaseFolder.in(folder)
        .run("run", "a.yaml", "--set", "train.epochs=2", "--set", "train.device=cpu")
        .json();
  }

  private CaseFolder.Answer init(String files, List<String> options) {
    List<String> all = new ArrayList<>(List.of("init", "--output", folder + "/a.yaml", files));
    all.addAll(options);
    return CaseFolder.in(folder).run(all.toArray(String[]::new));
  }
}
