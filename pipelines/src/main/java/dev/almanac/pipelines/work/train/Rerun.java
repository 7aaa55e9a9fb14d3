package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.train.RunVerification;
import dev.almanac.training.train.RunVerification.Check;
import dev.almanac.training.train.Training;
import dev.almanac.transforms.problem.Printable;
import java.io.IOException;
import java.util.List;

/**
 * Trains a run once more from its record and compares the weights.
 *
 * @param run as {@link Evaluate#run}
 */
public record Rerun(AlmanacConfig config, String run) implements Work<Rerun.Compared> {
  /** Characters of a value that a line shows. */
  private static final int SHOWN = 200;

  /**
   * Two runs of one record.
   *
   * @param weights of each
   * @param different how many are not equal to the bit
   * @param greatest difference
   * @param differences of code, programs and machine between the two, known before the second
   */
  public record Compared(
      Run before, Run again, int weights, int different, double greatest, List<Check> differences) {
    static Compared of(Run before, Run again, List<Check> differences) throws IOException {
      float[] old = before.model().weights();
      float[] found = again.model().weights();
      int different = 0;
      double greatest = 0;
      for (int i = 0; i < old.length; i++) {
        if (Float.floatToRawIntBits(old[i]) != Float.floatToRawIntBits(found[i])) {
          different++;
          greatest = Math.max(greatest, Math.abs((double) old[i] - found[i]));
        }
      }
      return new Compared(before, again, old.length, different, greatest, differences);
    }

    public boolean isEqual() {
      return different == 0;
    }
  }

  @Override
  public Compared run(Watch watch) throws IOException {
    Run before = new Runs(config, watch).find(run);
    // Fails at once when there is nothing to compare with.
    before.model();
    List<Check> differences = differences(before, watch);
    Run again =
        new Trainer(config, watch)
            .run(DatasetCheck.HASHES, context -> Training.rerun(before, context));
    return Compared.of(before, again, differences);
  }

  /** What is not as it was; said before the work, which may be long. */
  private List<Check> differences(Run before, Watch watch) throws IOException {
    List<Check> differences =
        RunVerification.differences(
            before, config.plan(), new Trainer(config, watch).context(DatasetCheck.HASHES));
    for (Check check : differences) {
      watch.line(
          "%s: %s was %s and is %s%s"
              .formatted(
                  check.group(),
                  check.name(),
                  Printable.line(check.recorded(), SHOWN),
                  Printable.line(check.found(), SHOWN),
                  check.decides() ? "" : " (weights do not depend on it)"));
    }
    if (differences.isEmpty()) {
      watch.line("code, programs and machine are as they were");
    }
    return differences;
  }
}
