package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Paths;
import dev.almanac.pipelines.config.yaml.Section;

/**
 * Which other tools are shown what is done: the {@code track:} section.
 *
 * @param tensorboard whether runs get event files
 */
public record TrackConfig(boolean tensorboard) {
  /** None. */
  public static final TrackConfig NONE = new TrackConfig(false);

  static TrackConfig read(Section section, Paths paths) {
    boolean tensorboard = section.flag("tensorboard", false);
    section.close();
    return new TrackConfig(tensorboard);
  }
}
