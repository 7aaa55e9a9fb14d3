package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.S3Server;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunStatus;
import dev.almanac.transforms.storage.RegionLookup;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs, studies and their leases in S3, through the real AWS SDK. */
class SearchS3Test {
  @TempDir Path folder;

  private Call call(S3Server server, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--json", "--set", "train.runs=s3://models/all/runs", "--"));
    line.addAll(server.beamOptions());
    return Call.of(line.toArray(String[]::new));
  }

  @Test
  @Timeout(300)
  void aStudyInS3IsHeldByOneProcessAndGoesOn() throws IOException {
    try (S3Server server = new S3Server(folder.resolve("s3"), "models")) {
      RegionLookup.setUp(
          () ->
              PipelineOptionsFactory.fromArgs(server.beamOptions().toArray(String[]::new)).create(),
          true);
      Path project = Files.createDirectories(folder.resolve("project"));
      String config =
          SmallConfig.write(project, SmallConfig.SEARCH.replace("trials: 4", "trials: 1"));
      String study = "s3://models/all/studies/small";
      String other = study + "/.17-1000-0.elsewhere.lease";
      Storage.writeText(other, "held");
      Call refused = call(server, "search", config);
      assertEquals(1, refused.status());
      assertTrue(
          refused.err().contains("search in %s: process 17 on elsewhere is at it".formatted(study))
              && refused.err().contains("last heard of"),
          refused.err());
      Storage.delete(List.of(other));
      Call first = call(server, "search", config);
      assertEquals(0, first.status(), first.err());
      assertEquals(study, first.json().get("study").textValue());
      assertEquals(
          List.of(), Storage.match(study, ".*.lease"), "a study that has ended is given back");

      Call more = call(server, "search", config, "--set", "search.trials=2");
      assertEquals(0, more.status(), more.err());
      assertEquals(2, more.json().get("trials").intValue());
      JsonNode list = call(server, "runs", "list", config).json();
      assertEquals(2, list.get("runs").size());
      String run = list.at("/runs/0/run-id").textValue();
      Call verified = call(server, "runs", "verify", config, run);
      assertEquals(0, verified.status(), verified.out() + verified.err());
      Call resumed = call(server, "train", config, "--resume");
      assertEquals(1, resumed.status());
      assertTrue(resumed.err().contains("all have finished (2)"), resumed.err());

      // As after a kill -9 or a container that vanished.
      Run killed = Run.open("s3://models/all/runs/" + run);
      killed.write(killed.record().resumed());
      JsonNode lost = call(server, "runs", "list", config).json().at("/runs/0");
      assertEquals("lost", lost.get("status").textValue());
      assertEquals("its process ended without a word", lost.get("reason").textValue());
      assertEquals(RunStatus.LOST, Run.open(killed.folder()).record().status());
    }
  }
}
