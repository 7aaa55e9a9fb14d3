package dev.almanac.runners.spark;

import dev.almanac.pipelines.KillContract;

class SparkKillIT extends KillContract {
  @Override
  protected String runner() {
    return "spark";
  }
}
