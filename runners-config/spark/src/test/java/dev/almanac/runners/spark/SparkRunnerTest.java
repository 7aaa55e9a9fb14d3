package dev.almanac.runners.spark;

import dev.almanac.pipelines.RunnerContract;

class SparkRunnerTest extends RunnerContract {
  @Override
  protected String runner() {
    return "spark";
  }
}
