package dev.almanac.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.trial.Epochs;

/**
 * What a study decides by while it runs.
 *
 * @param inFlight trials that are under way at once as far as decisions are concerned; null when
 *     they follow the order of results, and it is the number of workers
 * @param pruner its name and settings
 */
public record Course(Order order, Integer inFlight, JsonNode pruner, Epochs epochs) {}
