package dev.almanac.runners.direct;

import dev.almanac.pipelines.KillContract;

class DirectKillIT extends KillContract {
  @Override
  protected String runner() {
    return "direct";
  }
}
