package dev.almanac.runners.flink;

import dev.almanac.pipelines.Launched;
import dev.almanac.pipelines.RetryContract;
import java.util.List;

class FlinkRetryTest extends RetryContract {
  @Override
  protected String runner() {
    return "flink";
  }

  @Override
  protected List<String> trying() {
    return List.of(
        "--parallelism=2", "--flinkConfDir=" + Launched.ROOT.resolve("runners-config/flink"));
  }
}
