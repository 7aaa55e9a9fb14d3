package dev.almanac.benchmarks.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.run.EpochRecord;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.Speed;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Runs like one that was trained, for the script {@code runs}: {@code RUN FOLDER RUNS EPOCHS}. Each
 * has a learning rate, a batch size and curves of its own, and no model.
 */
public final class MakeRuns {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS_APART = 2000;

  private MakeRuns() {}

  public static void main(String[] arguments) throws IOException {
    Run like = Run.open(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    int epochs = Integer.parseInt(arguments[3]);
    Random random = new Random(1);
    for (int number = 0; number < runs; number++) {
      write(like, folder, number, epochs, random);
    }
  }

  private static void write(Run like, Path folder, int number, int epochs, Random random)
      throws IOException {
    Instant created = FIRST.plusSeconds((long) number * SECONDS_APART);
    String id =
        "%s-%s"
            .formatted(
                created.toString().replaceAll("[-:]", ""),
                String.format(Locale.ROOT, "%08x", number));
    byte[] metrics = metrics(epochs, random).getBytes(StandardCharsets.UTF_8);
    ObjectNode record = Json.mapper().valueToTree(like.record());
    record.put("run-id", id);
    record.withObject("/state").put("created", created.toString());
    ObjectNode train = record.withObject("/recipe/config/train");
    train.put("batch-size", 64 << random.nextInt(6));
    train.withObject("/optimizer").put("learning-rate", Math.pow(10, -4 + 3 * random.nextDouble()));
    ObjectNode validation = record.withObject("/outcome/metrics/validation");
    validation.put("mae", 10 + 40 * random.nextDouble());
    record
        .withObject("/files/metrics.jsonl")
        .put("bytes", metrics.length)
        .put("sha256", Json.sha256(metrics));
    Path run = Files.createDirectories(folder.resolve(id));
    Files.write(run.resolve(Run.EPOCHS), metrics);
    Files.writeString(run.resolve("run.json"), SealedJson.text(record));
  }

  private static String metrics(int epochs, Random random) {
    StringBuilder lines = new StringBuilder();
    double lowest = Double.POSITIVE_INFINITY;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      double loss = 1 / Math.sqrt(epoch) + random.nextDouble() / 10;
      Map<String, Double> validation = new LinkedHashMap<>();
      validation.put("mae", 50 * loss);
      validation.put("rmse", 60 * loss);
      validation.put("r2", 1 - loss);
      boolean best = loss < lowest;
      lowest = Math.min(lowest, loss);
      Speed speed = new Speed(1 + random.nextDouble(), 100_000 * random.nextDouble());
      lines
          .append(
              Json.line(
                  new EpochRecord(epoch, epoch * 100L, 0.001, loss, loss, validation, best, speed)))
          .append('\n');
    }
    return lines.toString();
  }
}
