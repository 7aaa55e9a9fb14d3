package dev.almanac.pipelines.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * How files to predict are written otherwise than those of train: {@code predict.source}, with the
 * keys of {@code source:} but for {@code files}. What it does not name stays train's.
 *
 * @param keys that it names
 * @param given a format with their values
 */
public record ReadingChange(Set<String> keys, CsvFormat given) {
  /** Train's reading as it is. */
  static final ReadingChange NONE = new ReadingChange(Set.of(), CsvFormat.standard());

  /** The one key that a format calls otherwise. */
  private static final String ENCODING = "encoding";

  public ReadingChange {
    keys = Set.copyOf(keys);
  }

  static ReadingChange read(Section section) {
    Set<String> keys = new TreeSet<>(section.keys());
    CsvFormat given = new SourceFormatReader(section).read();
    section.close();
    return given == null ? NONE : new ReadingChange(keys, given);
  }

  /**
   * The format of the files to predict.
   *
   * @throws IllegalArgumentException when the two do not go together
   */
  public CsvFormat of(CsvFormat trained) throws IOException {
    if (keys.isEmpty()) {
      return trained;
    }
    ObjectNode changed = Json.mapper().valueToTree(trained);
    JsonNode values = Json.mapper().valueToTree(given);
    for (String key : keys) {
      String name = key.equals(ENCODING) ? "charset" : key;
      if (values.hasNonNull(name)) {
        changed.set(name, values.get(name));
      } else {
        changed.remove(name);
      }
    }
    return Json.read(Json.line(changed), CsvFormat.class, "predict.source");
  }
}
