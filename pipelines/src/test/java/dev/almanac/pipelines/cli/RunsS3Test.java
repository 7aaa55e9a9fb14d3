package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.S3Server;
import dev.almanac.training.run.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs in S3 are found, labeled, deleted and restored as those of a disk are. */
class RunsS3Test {
  @TempDir Path folder;

  private JsonNode json(S3Server server, String... arguments) throws IOException {
    List<String> line = new ArrayList<>(List.of("runs"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--json", "--runs", "s3://models/all/runs", "--"));
    line.addAll(server.beamOptions());
    return Call.of(line.toArray(String[]::new)).result();
  }

  @Test
  @Timeout(300)
  void runsMoveFileByFileAndNoneIsLost() throws IOException {
    String config = SmallConfig.write(folder, SmallConfig.TEXT);
    assertEquals(0, Call.of("prepare", config).status());
    Call.of("train", config, "--json").result();
    Path bucket = folder.resolve("s3");
    try (S3Server server = new S3Server(bucket, "models")) {
      new ManyRuns(new RunStore(folder + "/runs").list().get(0))
          .write(Files.createDirectories(bucket.resolve("models/all/runs")), 0, 6, 3);
      assertEquals(6, json(server, "list").get("matched").intValue());
      json(server, "tag", ManyRuns.id(1), "quality=good");
      json(server, "move", ManyRuns.id(1), ManyRuns.id(2), "a/b");
      assertEquals(
          1,
          json(server, "list", "a/", "--where", "tags.quality = good").get("matched").intValue());
      assertEquals(
          2, json(server, "delete", ManyRuns.id(1), ManyRuns.id(3)).get("count").intValue());
      assertEquals(4, json(server, "list").get("matched").intValue());
      assertEquals(2, json(server, "list", "--deleted").get("matched").intValue());
      assertEquals(1, json(server, "restore", ManyRuns.id(1)).get("count").intValue());
      assertEquals(5, json(server, "list").get("matched").intValue());
      assertEquals(
          "good", json(server, "show", ManyRuns.id(1)).at("/labels/tags/quality").asText());
      assertEquals(2, json(server, "compare", ManyRuns.id(1), ManyRuns.id(2)).get("curves").size());
      assertEquals(1, json(server, "purge", "--yes").get("count").intValue());
      assertEquals(0, json(server, "list", "--deleted").get("matched").intValue());
    }
  }
}
