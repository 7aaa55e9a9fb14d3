package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way with source, dataset, runs and predictions in S3, through the real AWS SDK. */
class S3Test {
  private static final Path ROOT = Path.of(System.getProperty("almanac.project.root"));

  @TempDir Path folder;

  @Test
  void sourceDatasetAndRunsMayLieInS3() throws IOException {
    try (S3Server server = new S3Server(folder, "weather")) {
      RegionLookup.setUp(
          () ->
              PipelineOptionsFactory.fromArgs(server.beamOptions().toArray(String[]::new)).create(),
          true);
      try (Stream<Path> sample = Files.list(ROOT.resolve("testdata/ghcn-sample"))) {
        for (Path file : sample.toList()) {
          try (OutputStream out = Storage.create("s3://weather/raw/" + file.getFileName())) {
            Files.copy(file, out);
          }
        }
      }
      Dataset dataset = Dataset.open(run(server, "prepare").get("dataset").textValue());
      assertTrue(dataset.folder().startsWith("s3://weather/datasets/"), dataset.folder());
      JsonNode expected =
          Json.tree(
              Files.readString(ROOT.resolve("testdata/expected/ghcn-sample.json")), "expected");
      for (Split split : Split.values()) {
        for (DatasetFile file : dataset.manifest().files(split)) {
          assertEquals(expected.get(file.path()).textValue(), file.sha256());
        }
      }
      JsonNode verified = call(server, List.of("verify", dataset.folder(), "--json"));
      assertTrue(verified.get("verified").booleanValue(), verified::toString);
      String run = run(server, "train", "--set", "train.epochs=1").get("run").textValue();
      assertTrue(run.startsWith("s3://weather/runs/"), run);
      assertTrue(run(server, "evaluate").get("metrics").get("test").get("mae").doubleValue() > 0);
      JsonNode predicted =
          run(
              server,
              "predict",
              "--input",
              "s3://weather/raw/JA*.csv",
              "--output",
              "s3://weather/predicted");
      assertTrue(predicted.get("rows").longValue() > 0);
      assertTrue(Storage.exists(predicted.get("predictions").textValue() + "/predictions.json"));
      assertEquals(
          List.of(),
          Storage.below("s3://weather/datasets").stream()
              .filter(file -> file.path().contains(".staging"))
              .toList());
    }
  }

  private static JsonNode run(S3Server server, String command, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                ROOT.resolve("testdata/ghcn-sample.yaml").toString(),
                "--json",
                "--set",
                "source.files=[\"s3://weather/raw/*.csv*\"]",
                "--set",
                "output.dataset=s3://weather/datasets",
                "--set",
                "train.runs=s3://weather/runs"));
    arguments.addAll(List.of(options));
    return call(server, arguments);
  }

  private static JsonNode call(S3Server server, List<String> command) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--");
    arguments.addAll(server.beamOptions());
    return Call.of(arguments.toArray(String[]::new)).result();
  }
}
