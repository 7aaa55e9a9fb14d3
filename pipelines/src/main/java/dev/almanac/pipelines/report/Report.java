package dev.almanac.pipelines.report;

import dev.almanac.pipelines.report.measure.ClassErrors;
import dev.almanac.pipelines.report.measure.ErrorSlices;
import dev.almanac.pipelines.report.measure.NumberErrors;
import dev.almanac.pipelines.report.measure.TrainCounts;
import dev.almanac.pipelines.report.page.ClassErrorsSection;
import dev.almanac.pipelines.report.page.FitSection;
import dev.almanac.pipelines.report.page.HeaderSection;
import dev.almanac.pipelines.report.page.HeadlineSection;
import dev.almanac.pipelines.report.page.ImportanceSection;
import dev.almanac.pipelines.report.page.NumberErrorsSection;
import dev.almanac.pipelines.report.page.OriginSection;
import dev.almanac.pipelines.report.page.Page;
import dev.almanac.pipelines.report.page.ReportSource;
import dev.almanac.pipelines.report.page.RowsSection;
import dev.almanac.pipelines.report.page.TrainingSection;
import dev.almanac.training.run.RunRecord;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The page that shows a run: what it is worth, where it is wrong, how it was trained and what its
 * data went through. One file that opens offline; what it draws it also gives in tables.
 *
 * <p>Works for runs that failed or were not evaluated too, and says what is missing.
 */
public final class Report {
  public static final String FILE = "report.html";

  private Report() {}

  /**
   * Writes the report into the run's folder, in place of an earlier one.
   *
   * @param datasets where to look for the run's dataset when it was moved; null for nowhere
   * @param note is told when it was
   * @return the path of the page
   * @throws IOException when the folder holds no run or a file of it cannot be read
   */
  public static String write(String runFolder, String datasets, Consumer<String> note)
      throws IOException {
    ReportSource source = ReportSource.open(runFolder, datasets, note);
    String path = source.run().path(FILE);
    Storage.writeText(path, page(source));
    return path;
  }

  /** The same, with a dataset that was not moved. */
  public static String write(String runFolder) throws IOException {
    return write(runFolder, null, note -> {});
  }

  private static String page(ReportSource source) throws IOException {
    RunRecord record = source.record();
    DatasetColumns.Label label = record.columns().label();
    Page page = new Page();
    HeaderSection.write(page, source);
    TrainCounts train = TrainCounts.of(source.transform());
    ErrorSlices.DateSpan dates = new ErrorSlices.DateSpan();
    if (source.predictions().paths().isEmpty()) {
      HeadlineSection.write(page, source, "");
    } else if (label.isClasses()) {
      ClassErrors errors = ClassErrors.measure(source.predictions(), label, source.kept());
      HeadlineSection.write(page, source, ClassErrorsSection.summary(errors));
      ClassErrorsSection.write(page, errors, train);
      dates = errors.dates();
    } else {
      NumberErrors errors =
          NumberErrors.measure(source.predictions(), label.column(), source.kept());
      HeadlineSection.write(page, source, NumberErrorsSection.summary(errors, label.column()));
      NumberErrorsSection.write(page, errors, label.column(), train);
      dates = errors.dates();
    }
    ImportanceSection.write(page, source);
    TrainingSection.write(page, source);
    RowsSection.write(page, source, dates);
    FitSection.write(page, source);
    OriginSection.write(page, source);
    return page.text("%s, run %s".formatted(HeaderSection.name(source), record.runId()));
  }
}
