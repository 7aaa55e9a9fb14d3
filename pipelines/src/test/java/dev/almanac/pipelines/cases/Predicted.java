package dev.almanac.pipelines.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.parquet.ParquetBatchReader;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What `predict` wrote of a file, its cells as text. */
final class Predicted {
  private final JsonNode json;
  private final String err;
  private final Map<String, List<String>> columns = new LinkedHashMap<>();

  private Predicted(JsonNode json, String err) throws IOException {
    this.json = json;
    this.err = err;
    addAll(json.get("predictions").textValue());
  }

  /** Predictions that lie in a folder. */
  static Predicted read(String folder) throws IOException {
    return new Predicted(Json.mapper().createObjectNode().put("predictions", folder), "");
  }

  private void addAll(String folder) throws IOException {
    for (var file : Storage.match(folder + "/*.parquet")) {
      try (ParquetBatchReader reader = ParquetBatchReader.open(file.path(), 1 << 12)) {
        for (ColumnBatch batch = reader.read(); batch != null; batch = reader.read()) {
          add(batch);
        }
      }
    }
  }

  /** Predicts a file, which must succeed. */
  static Predicted of(CaseFolder folder, String config, Path input, String... options)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                config,
                "--input",
                input.toString(),
                "--output",
                folder.path("out", "predictions-" + UUID.randomUUID()).toString()));
    arguments.addAll(List.of(options));
    CaseFolder.Answer answer = folder.run(arguments.toArray(String[]::new));
    return new Predicted(answer.json(), answer.err());
  }

  private void add(ColumnBatch batch) {
    for (int i = 0; i < batch.schema().size(); i++) {
      List<String> cells =
          columns.computeIfAbsent(batch.schema().field(i).name(), name -> new ArrayList<>());
      Column column = batch.column(i);
      for (int row = 0; row < batch.rows(); row++) {
        cells.add(column.text(row));
      }
    }
  }

  List<String> column(String name) {
    return columns.get(name);
  }

  List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  String value(String column, int row) {
    return columns.get(column).get(row);
  }

  int rows() {
    return columns.get("prediction").size();
  }

  long rejected() {
    return json.get("rejected").longValue();
  }

  String notices() {
    return json.get("notices").toString();
  }

  JsonNode json() {
    return json;
  }

  String err() {
    return err;
  }
}
