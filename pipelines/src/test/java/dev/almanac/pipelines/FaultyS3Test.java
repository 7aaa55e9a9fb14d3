package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 that refuses or cuts one request in ten changes nothing in what comes out. */
class FaultyS3Test {
  private static final Path ROOT = Path.of(System.getProperty("almanac.project.root"));

  @TempDir Path folder;

  @Test
  void oneFaultInTenRequestsGivesTheSameBytes() throws IOException {
    try (S3Server server = new S3Server(folder, "weather")) {
      RegionLookup.setUp(() -> options(server.beamOptions()), true);
      try (Stream<Path> sample = Files.list(ROOT.resolve("testdata/ghcn-sample"))) {
        // Some of the files: each request may have to wait for another try.
        for (Path file : sample.sorted().limit(5).toList()) {
          try (OutputStream out = Storage.create("s3://weather/raw/" + file.getFileName())) {
            Files.copy(file, out);
          }
        }
      }
      Map<String, String> expected = make("s3://weather/calm", server.beamOptions());
      assertTrue(expected.size() >= 10, expected::toString);
      try (FaultyProxy network =
          new FaultyProxy(server.port(), FaultyProxy.Network.faulty(0.1, 1))) {
        assertEquals(expected, make("s3://weather/rough", server.beamOptions(network.port())));
        for (FaultyProxy.Fault fault : FaultyProxy.Fault.values()) {
          assertTrue(network.counts().getOrDefault(fault, 0) > 0, network.counts()::toString);
        }
      }
    }
  }

  /** Prepares, trains and predicts; the hash of each file by what it is. */
  private static Map<String, String> make(String root, List<String> beam) throws IOException {
    String dataset = run(root, beam, "prepare").get("dataset").textValue();
    String run = run(root, beam, "train", "--set", "train.epochs=1").get("run").textValue();
    String predictions =
        run(root, beam, "predict", "--input", "s3://weather/raw/*", "--output", root + "/predicted")
            .get("predictions")
            .textValue();
    Map<String, String> hashes = new TreeMap<>();
    add(dataset, ".parquet", hashes);
    add(dataset, "/transform.json", hashes);
    add(dataset, ".jsonl", hashes);
    add(run + "/model", ".safetensors", hashes);
    add(run + "/transform", ".json", hashes);
    add(predictions, ".parquet", hashes);
    assertEquals(
        List.of(),
        Storage.below(root).stream().filter(file -> file.path().contains(".staging")).toList());
    return hashes;
  }

  private static void add(String folder, String suffix, Map<String, String> hashes)
      throws IOException {
    for (StoredFile file : Storage.below(folder)) {
      if (file.path().endsWith(suffix)) {
        String name =
            folder.replaceAll(".*/(calm|rough)/", "").replaceAll("/.*", "")
                + file.path().substring(folder.length());
        hashes.put(name, Json.sha256(Storage.read(file.path())));
      }
    }
  }

  private static JsonNode run(String root, List<String> beam, String command, String... options)
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
                "output.dataset=" + root + "/datasets",
                "--set",
                "train.runs=" + root + "/runs"));
    arguments.addAll(List.of(options));
    arguments.add("--");
    arguments.addAll(beam);
    return Call.of(arguments.toArray(String[]::new)).result();
  }

  private static PipelineOptions options(List<String> arguments) {
    return PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
  }
}
