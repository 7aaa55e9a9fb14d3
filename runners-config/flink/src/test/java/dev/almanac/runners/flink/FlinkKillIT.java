package dev.almanac.runners.flink;

import dev.almanac.pipelines.KillContract;

class FlinkKillIT extends KillContract {
  @Override
  protected String runner() {
    return "flink";
  }
}
