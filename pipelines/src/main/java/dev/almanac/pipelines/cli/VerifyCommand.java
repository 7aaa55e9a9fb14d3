package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.prepare.VerifyDataset;
import dev.almanac.transforms.dataset.verify.DatasetVerification.Difference;
import dev.almanac.transforms.dataset.verify.DatasetVerification.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The one command that needs no config: a dataset says itself what it must be. */
@picocli.CommandLine.Command(
    name = "verify",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Check that a dataset is, to the byte, what was written.",
    description = {
      "%nReads every file that dataset.json names and compares hashes, sizes and rows; reads the schema, the transform and its "
          + "vocabularies, counts the rejected rows, adds up the ledger and looks for files that do not belong. "
          + "Names every difference, and exits with 1 when there is one.%n"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      index = "0",
      paramLabel = "DATASET",
      description =
          "A dataset's folder, or a folder of datasets, of which the newest is taken; local, s3://, gs:// or hdfs://.")
  private String dataset;

  @Mixin private OutputOptions output;

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Engine.none(session.beam()).openStorage(dataset.startsWith("s3://"));
    return output.show(session, watch -> result(new VerifyDataset(dataset).run(watch)));
  }

  private static Result result(Outcome outcome) {
    List<Difference> differences = outcome.differences();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s: %s (%d files, %,d bytes)%n",
            outcome.folder(),
            differences.isEmpty()
                ? "as it was written"
                : differences.size() == 1 ? "1 difference" : differences.size() + " differences",
            outcome.files(),
            outcome.bytes()));
    for (Difference difference : differences) {
      text.append("  %s: %s%n".formatted(difference.path(), difference.what()));
    }
    return Result.of(text.toString())
        .with("dataset", outcome.folder())
        .with("verified", differences.isEmpty())
        .with("files", outcome.files())
        .with("bytes", outcome.bytes())
        .with("differences", differences)
        .withStatus(differences.isEmpty() ? 0 : Failure.WORK);
  }
}
