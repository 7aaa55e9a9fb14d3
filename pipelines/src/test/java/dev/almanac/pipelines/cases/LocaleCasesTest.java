package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole run, from CSV to predictions, under locales whose digits, cases and marks are others. */
class LocaleCasesTest {
  @TempDir Path folder;

  @Test
  void aWholeRunIsTheSameUnderAnyLocale() throws IOException {
    CaseFolder files = CaseFolder.in(folder);
    StringBuilder rows = new StringBuilder("date,INDIGO,x,y\n");
    for (int i = 0; i < 400; i++) {
      rows.append(LocalDate.of(2020, 1, 1).plusDays(i))
          .append(",I")
          .append(i % 3)
          .append(',')
          .append(i % 17 / 4.0)
          .append(',')
          .append(i % 17 / 2.0 + i % 3)
          .append('\n');
    }
    files.write("a.csv", rows.toString());
    String expected = null;
    Locale before = Locale.getDefault();
    try {
      for (String locale : new String[] {"en-US", "ar-EG", "fa-IR", "tr-TR", "de-DE"}) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        String found = run(files, locale);
        expected = expected == null ? found : expected;
        assertEquals(expected, found, locale);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  /** What a run came to: the dataset's hash, the losses of its epochs, the metrics. */
  private String run(CaseFolder files, String locale) throws IOException {
    files.write(
        locale + ".yaml",
        """
        name: same
        source: {files: ["a.csv"]}
        columns: {label: y, numeric: [x], nominal: [INDIGO], keep: [date]}
        split:
          column: date
          train: {until: 2020-09-01}
          validation: {from: 2020-09-01, until: 2020-11-01}
          test: {from: 2020-11-01}
        output: {dataset: LOCALE/datasets, files: 2}
        train:
          task: regression
          model: {family: mlp, hidden: [8]}
          batch-size: 64
          epochs: 2
          device: cpu
          runs: LOCALE/runs
        """
            .replace("LOCALE", locale));
    JsonNode done = files.run("run", locale + ".yaml").json();
    JsonNode predicted =
        files
            .run(
                "predict",
                locale + ".yaml",
                "--input",
                files.path("a.csv").toString(),
                "--output",
                files.path(locale, "predicted").toString())
            .json();
    Path transform = Path.of(done.get("dataset").textValue(), "transform", "transform.json");
    return String.join(
        "\n",
        Files.readString(transform),
        done.get("dataset-hash") == null ? "" : done.get("dataset-hash").toString(),
        done.get("metrics").toString(),
        predicted.get("rows").toString(),
        Path.of(done.get("dataset").textValue()).resolve("train").toFile().list().length
            + " files");
  }
}
