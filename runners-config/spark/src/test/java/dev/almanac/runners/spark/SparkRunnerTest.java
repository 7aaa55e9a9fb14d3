package dev.almanac.runners.spark;

import dev.almanac.pipelines.RunnerContract;
import java.util.List;

class SparkRunnerTest extends RunnerContract {
  @Override
  protected String runner() {
    return "spark";
  }

  @Override
  protected List<String> workers(int number) {
    return List.of("--sparkMaster=local[%s]".formatted(number));
  }
}
