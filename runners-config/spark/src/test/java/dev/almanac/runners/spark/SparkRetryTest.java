package dev.almanac.runners.spark;

import dev.almanac.pipelines.RetryContract;
import java.util.List;

class SparkRetryTest extends RetryContract {
  @Override
  protected String runner() {
    return "spark";
  }

  @Override
  protected List<String> trying() {
    return List.of("--sparkMaster=local[2,4]");
  }
}
