package dev.almanac.runners.direct;

import dev.almanac.pipelines.RunnerContract;

class DirectRunnerTest extends RunnerContract {
  @Override
  protected String runner() {
    return "direct";
  }
}
