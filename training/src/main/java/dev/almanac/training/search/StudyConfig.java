package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.transforms.json.Json;

/**
 * What a study searches. Trials are comparable only while metric, goal and base stay the same. How
 * far it goes, and how many trials run at once, are not part of it.
 *
 * @param metric whose value trials are compared by, such as {@code validation.mae}
 * @param space as the config writes it
 * @param base sha-256 of all else that a trial depends on: the config without its search
 */
public record StudyConfig(
    String name,
    String sampler,
    long seed,
    String metric,
    Goal goal,
    JsonNode space,
    String base,
    Course course) {

  public String hash() {
    return Json.sha256(this);
  }
}
