package dev.almanac.pipelines.config.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.setting.Shape;

/**
 * One key that a reader asked a config for.
 *
 * @param path of the key; a name of the user's stands in it in capitals, such as {@code COLUMN}
 * @param fallback the value when a config says nothing; null when there is none
 * @param required whether its section cannot do without
 */
public record Asked(String path, Shape shape, JsonNode fallback, boolean required) {}
