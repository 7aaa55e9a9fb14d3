package dev.almanac.pipelines.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.shape.Asked;
import dev.almanac.training.setting.Shape;
import dev.almanac.transforms.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a section is asked for, told to somebody who listens. */
final class Asking {
  private final Consumer<Asked> listener;
  private final String path;
  private final Set<String> required = new HashSet<>();

  /**
   * @param listener null when nobody listens
   */
  Asking(Consumer<Asked> listener, String path) {
    this.listener = listener;
    this.path = path;
  }

  Asking below(String section) {
    return new Asking(listener, section);
  }

  void require(String key) {
    required.add(key);
  }

  void key(String key, Shape shape, Object fallback) {
    if (listener != null) {
      JsonNode value = fallback == null ? null : Json.mapper().valueToTree(fallback);
      listener.accept(new Asked(path(key), shape, value, required.contains(key)));
    }
  }

  void keys(Supplier<List<Asked>> keys) {
    if (listener != null) {
      for (Asked key : keys.get()) {
        listener.accept(new Asked(path(key.path()), key.shape(), key.fallback(), key.required()));
      }
    }
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
