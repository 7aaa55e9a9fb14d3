package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.problem.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cases that were right from the start, and stay so: all rows are read, or what is wrong is named.
 */
class HeldCasesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "11-file-names, c.yaml",
    "21-locale, c.yaml",
    "30-column-names, c.yaml",
    "30-column-names, d.yaml",
    "30-column-names, e.yaml",
    "73-yaml, c.yaml"
  })
  void everyRowIsRead(String name, String config) throws IOException {
    DatasetManifest manifest = CaseFolder.of(name, folder).run("prepare", config).manifest();
    assertEquals(800, manifest.totals().read());
    assertEquals(547, manifest.totals().train());
    assertEquals(123, manifest.totals().validation());
    assertEquals(130, manifest.totals().test());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "07-header-case | b.csv | did you mean 'Date'?",
        "08-html-page | b.csv | <!DOCTYPE html>",
        "09-date-missing | b.csv | column 'date' is missing"
      })
  void aFileThatIsNotLikeTheOthersIsNamed(String name, String file, String why) throws IOException {
    String error = CaseFolder.of(name, folder).run("prepare", "c.yaml").error(1);
    assertTrue(error.contains(file) && error.contains(why), error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"merge.yaml | unknown key", "nulls.yaml | source.nulls[2]: must be text (null)"})
  void yamlThatMeansSomethingElseIsRefused(String config, String why) throws IOException {
    String error = CaseFolder.of("73-yaml", folder).run("prepare", config).error(2);
    assertTrue(error.contains(why), error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100-class-weights | Cannot weigh class '1' of label 'rain': its classes are 0.0, 1.0",
        "40-search-undefined | has no validation.r2"
      })
  void whatCannotBeTrainedSaysWhy(String name, String why) throws IOException {
    String error = CaseFolder.of(name, folder).run("run", "c.yaml").error(1);
    assertTrue(error.contains(why), error);
  }

  @Test
  void aLastBatchOfOneRowIsTrainedOn() throws IOException {
    CaseFolder files = CaseFolder.of("38-last-batch-one", folder);
    assertEquals(545, files.run("prepare", "c.yaml").manifest().totals().train());
    assertTrue(files.run("run", "c.yaml").json().get("metrics").toString().contains("mae"));
  }

  @Test
  void categoriesOfEveryTypeAreExported() throws IOException {
    CaseFolder files = CaseFolder.of("36-onnx", folder);
    files.run("run", "c.yaml").json();
    Path model = files.path("model.onnx");
    files.run("export", "c.yaml", "--output", model.toString()).json();
    assertTrue(Files.size(model) > 0);
  }

  @Test
  void aNullThatTheSchemaFileAllowsIsPredicted() throws IOException {
    CaseFolder files = CaseFolder.of("14b-schema-null", folder);
    files.run("run", "c.yaml").json();
    int rows =
        files
            .run(
                "predict",
                "c.yaml",
                "--input",
                files.path("data", "b.csv").toString(),
                "--output",
                files.path("predicted").toString())
            .json()
            .get("rows")
            .intValue();
    assertEquals(2, rows);
  }

  @Test
  void datesInTwoFormsAreNamed() throws IOException {
    String error = CaseFolder.of("52-mixed-date-files", folder).run("prepare", "c.yaml").error(2);
    assertTrue(error.contains("b.csv, line 2") && error.contains("2/5/2020"), error);
  }

  @Test
  void dayAndMonthAreNeverGuessedInSilence() throws IOException {
    DatasetManifest manifest =
        CaseFolder.of("52b-ambiguous", folder).run("prepare", "c.yaml").manifest();
    assertTrue(
        manifest.notices().stream()
            .map(Notice::text)
            .anyMatch(text -> text.contains("M/d/yyyy") && text.contains("d/M/yyyy")),
        manifest.notices().toString());
  }
}
