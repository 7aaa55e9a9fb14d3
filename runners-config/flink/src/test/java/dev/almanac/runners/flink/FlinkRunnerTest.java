package dev.almanac.runners.flink;

import dev.almanac.pipelines.RunnerContract;

class FlinkRunnerTest extends RunnerContract {
  @Override
  protected String runner() {
    return "flink";
  }
}
