package dev.almanac.pipelines.work.predict;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.FeaturesConfig;
import dev.almanac.pipelines.config.PredictConfig;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.staging.Unreadable;
import java.io.Serializable;

/**
 * How much of their cells the feature steps may fail to read of rows to predict: what the run's own
 * rows were held to, unless the config says otherwise.
 *
 * @param share from 0 to 1
 * @param setting what says so, for people
 */
record UnreadableLimit(double share, String setting) implements Serializable {
  static UnreadableLimit of(PredictConfig config, RunRecord run) {
    if (config.maxUnreadable() != null) {
      return new UnreadableLimit(
          config.maxUnreadable(), "predict.max-unreadable: " + config.maxUnreadable());
    }
    JsonNode asked =
        run.config() == null ? null : run.config().path("features").path("max-unreadable");
    double share =
        asked != null && asked.isNumber() ? asked.doubleValue() : FeaturesConfig.MAX_UNREADABLE;
    return new UnreadableLimit(
        share,
        "features.max-unreadable: %s of the run (of these files: predict.max-unreadable)"
            .formatted(share));
  }

  /**
   * Ends the work when more could not be read.
   *
   * @throws dev.almanac.transforms.staging.DatasetException naming each such step, with places
   */
  void check(Unreadable unreadable) {
    unreadable.check("predict", setting, share, "predict.source:");
  }
}
