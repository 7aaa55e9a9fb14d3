package dev.almanac.pipelines.work;

import dev.almanac.pipelines.config.RejectsConfig;
import dev.almanac.transforms.staging.RejectPolicy;

/** The config's limits on rejected rows, as the pipelines take them. */
public final class Policies {
  private Policies() {}

  public static RejectPolicy of(RejectsConfig rejects) {
    return new RejectPolicy(
        rejects.maxRows() == Long.MAX_VALUE ? null : rejects.maxRows(),
        rejects.maxShare() == 1.0 ? null : rejects.maxShare());
  }
}
