package dev.almanac.runners.direct;

import dev.almanac.pipelines.RunnerContract;
import java.util.List;

class DirectRunnerTest extends RunnerContract {
  @Override
  protected String runner() {
    return "direct";
  }

  @Override
  protected List<String> workers(int number) {
    return List.of("--targetParallelism=" + number);
  }
}
