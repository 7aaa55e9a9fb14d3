package dev.almanac.pipelines.cli;

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
import java.util.Locale;
import java.util.Map;

/** Runs that differ from one that was trained in what they are found by. */
final class ManyRuns {
  private final Run like;

  ManyRuns(Run like) {
    this.like = like;
  }

  /** Writes the runs from one number to another; each has its learning rate and its errors. */
  void write(Path folder, int from, int until, int epochs) throws IOException {
    for (int number = from; number < until; number++) {
      write(folder, number, epochs);
    }
  }

  static String id(int number) {
    return String.format(Locale.ROOT, "2026110%dT%06dZ-%08x", 1 + number % 7, number, number);
  }

  private void write(Path folder, int number, int epochs) throws IOException {
    Path run = Files.createDirectories(folder.resolve(id(number)));
    StringBuilder lines = new StringBuilder();
    double mae = 1 + number % 100 / 10.0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      boolean best = epoch <= (epochs + 1) / 2;
      double value = mae + Math.abs(epoch - (epochs + 1) / 2);
      lines
          .append(
              Json.line(
                  new EpochRecord(
                      epoch,
                      epoch * 10L,
                      0.01,
                      value,
                      value,
                      Map.of("mae", value),
                      best,
                      new Speed(1.0, 1000.0))))
          .append('\n');
    }
    byte[] metrics = lines.toString().getBytes(StandardCharsets.UTF_8);
    ObjectNode record = Json.mapper().valueToTree(like.record());
    record.put("run-id", id(number));
    record
        .withObject("/state")
        .put("created", "2026-11-0%dT00:00:%02dZ".formatted(1 + number % 7, number % 60));
    record
        .withObject("/recipe/config/train/optimizer")
        .put("learning-rate", (1 + number % 5) / 1000.0);
    record.withObject("/outcome/metrics/validation").put("mae", mae);
    record
        .withObject("/files/metrics.jsonl")
        .put("bytes", metrics.length)
        .put("sha256", Json.sha256(metrics));
    Files.write(run.resolve("metrics.jsonl"), metrics);
    Files.writeString(run.resolve("run.json"), SealedJson.text(record));
  }
}
