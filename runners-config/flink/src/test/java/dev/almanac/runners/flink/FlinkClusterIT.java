package dev.almanac.runners.flink;

import dev.almanac.pipelines.ClusterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class FlinkClusterIT extends ClusterContract {
  @Override
  protected String runner() {
    return "flink";
  }

  @Override
  protected List<String> flags() {
    return List.of();
  }

  @Override
  protected List<String> options(String master) {
    return List.of("--flinkMaster=" + master, "--parallelism=2");
  }

  @Override
  protected boolean sawTheLoss(String launchedLog, Path cluster) throws IOException {
    return Files.readString(cluster.resolve("jobmanager.log")).contains("to RESTARTING");
  }
}
