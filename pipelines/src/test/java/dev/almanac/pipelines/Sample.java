package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cli.Call;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.split.Split;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The generated sample, on one engine, and what must become of it on any.
 *
 * <p>{@code testdata/expected} holds rows and checksums; after a change that means to change them,
 * {@code -Dalmanac.expected.write=true} writes what came instead of comparing.
 *
 * @param folder the test's own, for datasets and runs
 */
record Sample(String runner, Path folder) {
  static final Path SOURCE = Launched.ROOT.resolve("testdata/ghcn-sample");
  private static final Path CONFIG = Launched.ROOT.resolve("testdata/ghcn-sample.yaml");
  private static final Path EXPECTED = Launched.ROOT.resolve("testdata/expected");

  Path datasets() {
    return folder.resolve("datasets");
  }

  /** Runs a command in this process and returns its JSON result. */
  JsonNode run(String command, List<String> options, List<String> beamOptions) throws IOException {
    return call(command, options, beamOptions).result();
  }

  /** Runs a command whose work must fail and returns what it says. */
  String refused(String command, List<String> options, List<String> beamOptions)
      throws IOException {
    Call call = call(command, options, beamOptions);
    assertEquals(1, call.status(), call::err);
    return call.json().get("error").textValue();
  }

  private Call call(String command, List<String> options, List<String> beamOptions) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                CONFIG.toString(),
                "--runner",
                runner,
                "--json",
                "--set",
                "output.dataset=" + datasets(),
                "--set",
                "train.runs=" + folder.resolve("runs")));
    arguments.addAll(options);
    arguments.add("--");
    arguments.addAll(beamOptions);
    return Call.of(arguments.toArray(String[]::new));
  }

  /**
   * Prepares the sample and compares rows, transform and parquet files.
   *
   * @return the hash of its dataset.json, which says where the source lies and is therefore not
   *     among what is expected
   */
  String assertExpectedBytes(String order, String codec, List<String> beamOptions)
      throws IOException {
    Dataset dataset =
        Dataset.open(
            run(
                    "prepare",
                    List.of("--set", "output.order=" + order, "--set", "output.codec=" + codec),
                    beamOptions)
                .get("dataset")
                .textValue());
    boolean asConfigured = order.equals("shuffled") && codec.equals("uncompressed");
    String variant = asConfigured ? "" : "-%s-%s".formatted(order, codec);
    Path expected = EXPECTED.resolve("ghcn-sample%s.json".formatted(variant));
    String found = Json.pretty(content(dataset));
    if (Boolean.getBoolean("almanac.expected.write")) {
      Files.writeString(expected, found);
    }
    assertEquals(Files.readString(expected), found);
    return dataset.manifest().hash();
  }

  private static Map<String, Object> content(Dataset dataset) throws IOException {
    Map<String, Object> found = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      found.put(split.text(), dataset.manifest().rows(split));
    }
    byte[] transform = Storage.read(Storage.resolve(dataset.folder(), "transform/transform.json"));
    found.put("transform.json", Json.sha256(transform));
    for (Split split : Split.values()) {
      for (DatasetFile file : dataset.manifest().files(split)) {
        found.put(file.path(), file.sha256());
      }
    }
    return found;
  }
}
