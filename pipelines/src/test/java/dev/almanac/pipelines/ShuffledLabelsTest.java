package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the rows before the test split are dealt one another's labels there is nothing to learn: a
 * model that still does better than the mean on the test split has seen test labels somewhere on
 * the way, from the raw file to its evaluation.
 */
class ShuffledLabelsTest {
  private static final int STATIONS = 8;
  private static final int DAYS = 2000;
  private static final LocalDate FIRST = LocalDate.of(2018, 1, 1);
  private static final LocalDate VALIDATION = FIRST.plusDays(1300);
  private static final LocalDate TEST = FIRST.plusDays(1600);

  @TempDir Path folder;

  @Test
  void aModelOfShuffledLabelsIsNoBetterThanTheMean() throws IOException {
    JsonNode learned = run("as-they-are", false);
    JsonNode shuffled = run("shuffled", true);
    double mean = mean(shuffled);
    assertEquals(mean, mean(learned), 0.01 * mean, "the labels are the same ones");
    assertTrue(model(learned) < mean / 2, "there is something to learn: " + learned);
    // Over ten shuffles the ratio was 1.001, its deviation 0.016.
    assertEquals(mean, model(shuffled), 0.05 * mean);
  }

  private static double mean(JsonNode result) {
    return result.at("/baselines/test/training-mean/metrics/mae").doubleValue();
  }

  private static double model(JsonNode result) {
    return result.at("/metrics/test/mae").doubleValue();
  }

  private JsonNode run(String name, boolean shuffle) throws IOException {
    Path file = folder.resolve(name + ".csv");
    Files.write(file, rows(shuffle));
    Path config = folder.resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        source: {files: [%s]}
        columns: {label: high, numeric: [low, rain], nominal: [station, note], keep: [station, day]}
        features:
          - log1p: {column: rain, into: log-rain}
          - date-parts: {column: day, parts: [day-of-year-sin, day-of-year-cos]}
        split:
          column: day
          train: {until: %s}
          validation: {from: %s, until: %s}
          test: {from: %s}
        output: {dataset: datasets-%s, row-group-rows: 1000, files: 2}
        train:
          model: {hidden: [16], embedding: 2}
          batch-size: 128
          epochs: 4
          optimizer: {learning-rate: 0.005}
          device: cpu
          threads: 1
        """
            .formatted(file, VALIDATION, VALIDATION, TEST, TEST, name));
    return Call.of("run", config.toString(), "--json").result();
  }

  /** Temperatures that go with the season, the place and the night; notes that say nothing. */
  private static List<String> rows(boolean shuffle) {
    Random random = new Random(9);
    List<String> cells = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    int seen = 0;
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = FIRST.plusDays(day);
      double season = -12 * Math.cos(2 * Math.PI * (date.getDayOfYear() - 15) / 365.25);
      for (int station = 0; station < STATIONS; station++) {
        double low = season + station + 2 * random.nextGaussian();
        cells.add(
            "s%d,%s,%.1f,%.1f,n%d"
                .formatted(
                    station,
                    date,
                    low,
                    random.nextInt(3) == 0 ? -5 * Math.log(1 - random.nextDouble()) : 0,
                    random.nextInt(500)));
        labels.add("%.1f".formatted(low + 6 + 2 * random.nextGaussian()));
        seen += date.isBefore(TEST) ? 1 : 0;
      }
    }
    if (shuffle) {
      // Validation's too: it chooses the epoch, and chooses what happens to be true.
      Collections.shuffle(labels.subList(0, seen), random);
    }
    List<String> rows = new ArrayList<>(List.of("station,day,low,rain,note,high"));
    for (int row = 0; row < cells.size(); row++) {
      rows.add(cells.get(row) + "," + labels.get(row));
    }
    return rows;
  }
}
