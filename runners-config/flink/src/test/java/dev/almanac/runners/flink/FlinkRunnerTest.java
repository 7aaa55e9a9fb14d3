package dev.almanac.runners.flink;

import dev.almanac.pipelines.RunnerContract;
import java.util.List;

class FlinkRunnerTest extends RunnerContract {
  @Override
  protected String runner() {
    return "flink";
  }

  @Override
  protected List<String> workers(int number) {
    return List.of("--parallelism=" + number);
  }
}
