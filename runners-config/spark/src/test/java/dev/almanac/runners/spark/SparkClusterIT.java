package dev.almanac.runners.spark;

import dev.almanac.pipelines.ClusterContract;
import dev.almanac.pipelines.Launched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SparkClusterIT extends ClusterContract {
  @Override
  protected String runner() {
    return "spark";
  }

  @Override
  protected List<String> flags() throws IOException {
    Path options = Launched.ROOT.resolve("runners-config/spark/cluster.options");
    List<String> flags = new ArrayList<>(Launched.flags(options));
    flags.add("-Dspark.driver.bindAddress=127.0.0.1");
    flags.add("-Dspark.executor.memory=1g");
    flags.add("-Dspark.executor.cores=1");
    return flags;
  }

  @Override
  protected List<String> options(String master) {
    return List.of("--sparkMaster=" + master);
  }

  @Override
  protected boolean sawTheLoss(String launchedLog, Path cluster) {
    return launchedLog.contains("Lost executor");
  }
}
