import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.IntColumn;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Compares a dataset with what its generator says must be in it; ends with 1 when it is not.
 *
 * <p>{@code java -cp CLASS-PATH Check.java FOLDER}: checks the newest dataset in {@code
 * FOLDER/datasets}. What was learned is read from the JSON files with Jackson, not by Almanac.
 */
final class Check {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path dataset;
  private final Map<String, String> expected = new HashMap<>();
  private int checks;
  private int faults;

  private Check(Path folder) throws IOException {
    try (Stream<Path> datasets = Files.list(folder.resolve("datasets"))) {
      dataset =
          datasets
              .filter(d -> Files.exists(d.resolve("dataset.json")))
              .sorted()
              .reduce((a, b) -> b)
              .orElseThrow();
    }
    Properties properties = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(folder.resolve("expected.properties"))) {
      properties.load(reader);
    }
    properties.forEach((key, value) -> expected.put((String) key, (String) value));
  }

  public static void main(String[] arguments) throws IOException {
    Check check = new Check(Path.of(arguments[0]));
    check.manifest();
    check.transform();
    System.out.printf("checked     %d facts, %d wrong%n", check.checks, check.faults);
    System.exit(check.faults == 0 ? 0 : 1);
  }

  private void equal(String what, Object wanted, Object found) {
    checks++;
    if (!wanted.equals(found)) {
      faults++;
      System.out.printf("WRONG       %s: %s expected, %s found%n", what, wanted, found);
    }
  }

  private long wanted(String key) {
    return Long.parseLong(expected.get(key));
  }

  private void manifest() throws IOException {
    JsonNode manifest = JSON.readTree(dataset.resolve("dataset.json").toFile());
    for (String split : List.of("train", "validation", "test")) {
      equal("rows of " + split, wanted("rows." + split), manifest.at("/source/totals/" + split).asLong());
      long written = 0;
      long most = manifest.at("/parquet/row-group-rows").asLong();
      for (JsonNode file : manifest.at("/parquet/splits/" + split)) {
        written += file.get("rows").asLong();
        for (int group = 0; group < file.get("row-groups").size() - 1; group++) {
          equal("rows of a row group", most, file.get("row-groups").get(group).asLong());
        }
      }
      equal("rows written of " + split, wanted("rows." + split), written);
    }
    if (expected.containsKey("files")) {
      equal("files in the ledger", wanted("files"), (long) manifest.at("/source/files").size());
    }
  }

  private void transform() throws IOException {
    JsonNode transform = JSON.readTree(dataset.resolve("transform/transform.json").toFile());
    for (JsonNode column : transform.get("numeric")) {
      String name = column.get("column").asText();
      if (expected.containsKey("values." + name)) {
        double mean = wanted("thousandths." + name) / (1000.0 * wanted("values." + name));
        double found = column.at("/statistics/mean").asDouble();
        equal(
            "values of " + name, wanted("values." + name), column.at("/statistics/count").asLong());
        equal("mean of " + name, true, Math.abs(found - mean) <= 1e-12 * mean);
      }
    }
    for (JsonNode column : transform.get("nominal")) {
      String name = column.get("column").asText();
      equal("values of " + name, wanted("distinct." + name), column.get("distinct").asLong());
      JsonNode inline = column.get("vocabulary");
      vocabulary(name, inline == null ? lines(column) : inline.elements());
    }
  }

  private Iterator<JsonNode> lines(JsonNode column) throws IOException {
    String file = column.at("/vocabulary-file/path").asText();
    return JSON.readerFor(JsonNode.class)
        .readValues(dataset.resolve("transform").resolve(file).toFile());
  }

  /** By count, then by text; and every row of the parquet files holds its own text's index. */
  private void vocabulary(String column, Iterator<JsonNode> entries) throws IOException {
    // As hashes: five million strings would need more memory than what is checked.
    long[] hashes = new long[Math.toIntExact(wanted("distinct." + column)) + 1];
    long rows = 0;
    int size = 0;
    long count = Long.MAX_VALUE;
    String value = "";
    boolean ordered = true;
    while (entries.hasNext()) {
      JsonNode entry = entries.next();
      long next = entry.get("count").asLong();
      String text = entry.get("value").asText();
      ordered &= next < count || next == count && text.compareTo(value) > 0;
      count = next;
      value = text;
      rows += next;
      hashes[size++] = hash(text);
    }
    equal("entries of " + column, wanted("distinct." + column), (long) size);
    equal("order of " + column, true, ordered);
    equal("cells of " + column, wanted("rows.train"), rows);
    for (String split : List.of("train", "validation", "test")) {
      long known = indices(column, split, hashes);
      if (split.equals("train")) {
        equal("known values of train", wanted("rows.train"), known);
      }
    }
  }

  /** How many rows have a value of the vocabulary. */
  private long indices(String column, String split, long[] hashes) throws IOException {
    long known = 0;
    long wrong = 0;
    try (Stream<Path> files = Files.list(dataset.resolve(split))) {
      for (Path file : files.toList()) {
        try (ParquetBatchReader reader = ParquetBatchReader.open(file.toString(), 8192)) {
          for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
            int[] indices = ((IntColumn) batch.column(column)).values();
            StringColumn kept =
                batch.schema().contains("keep." + column)
                    ? (StringColumn) batch.column("keep." + column)
                    : null;
            for (int row = 0; row < indices.length; row++) {
              known += indices[row] >= 2 ? 1 : 0;
              if (kept != null && indices[row] >= 2) {
                wrong += hashes[indices[row] - 2] == hash(kept.value(row)) ? 0 : 1;
              }
            }
          }
        }
      }
    }
    equal("rows of " + split + " with another value's index", 0L, wrong);
    return known;
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
