package dev.almanac.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A config that suits {@link SmallStages}. */
final class SmallConfig {
  static final String TEXT =
      """
      name: small
      source: {files: ["*.csv"]}
      columns: {label: y, numeric: [a, b], nominal: [color]}
      split:
        column: day
        train: {until: 2013-01-01}
        validation: {from: 2013-01-01, until: 2015-01-01}
        test: {from: 2015-01-01}
      output: {dataset: out/small, row-group-rows: 500, files: 1}
      train: {model: {hidden: [8], embedding: 2}, batch-size: 100, epochs: 3, device: cpu, threads: 1}
      """;

  static final String SEARCH =
      TEXT
          + """
          search:
            name: small
            trials: 4
            parallel: 2
            space:
              train.optimizer.learning-rate: {log-uniform: [1.0e-3, 1.0e-1]}
              train.model.hidden: {choice: [[4], [8, 8]]}
          """;

  private SmallConfig() {}

  static String write(Path folder, String text) throws IOException {
    Path file = folder.resolve("small.yaml");
    Files.writeString(file, text);
    return file.toString();
  }
}
