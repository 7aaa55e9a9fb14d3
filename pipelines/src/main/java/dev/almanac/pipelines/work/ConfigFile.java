package dev.almanac.pipelines.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Overrides;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A config file and what is put into it, so that it can be read once more with further values.
 *
 * @param path local or remote
 * @param overrides each {@code path=value}, the later ones winning
 * @param copy the file that has its text, for one who does not reach it at its path, to which its
 *     relative paths belong; null when it is read at its path
 */
public record ConfigFile(String path, List<String> overrides, String copy) {
  public ConfigFile {
    overrides = List.copyOf(overrides);
  }

  public ConfigFile(String path, List<String> overrides) {
    this(path, overrides, null);
  }

  /** The same config, whose text is read elsewhere; null for at its path. */
  public ConfigFile copiedTo(String place) {
    return new ConfigFile(path, overrides, place);
  }

  /** What stands in the file. */
  public String text() throws IOException {
    return Storage.readText(place());
  }

  private String place() {
    return copy == null ? path : copy;
  }

  /** The same file with further values in place. */
  public ConfigFile with(List<String> further) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(further);
    return new ConfigFile(path, all, copy);
  }

  /**
   * Reads it.
   *
   * @param needs the sections that cannot be done without
   * @throws ConfigException naming all of its problems
   */
  public AlmanacConfig read(Set<Part> needs) throws ConfigException, IOException {
    return ConfigReader.read(path, place(), overrides, needs);
  }

  /** Values by their paths as overrides, wider paths first. */
  public static List<String> settings(Map<String, JsonNode> values) {
    return Overrides.widerFirst(values).stream()
        .map(value -> value.getKey() + "=" + Json.line(value.getValue()))
        .toList();
  }
}
