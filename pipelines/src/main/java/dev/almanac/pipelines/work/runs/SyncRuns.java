package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.track.Trackers;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import java.io.IOException;

/** Sends the tools that a config's {@code track:} names what they could not be sent before. */
public record SyncRuns(AlmanacConfig config) implements Work<Integer> {
  /** How many runs were sent. */
  @Override
  public Integer run(Watch watch) throws IOException, InterruptedException {
    return new Trackers(config, watch::line).catchUp();
  }
}
