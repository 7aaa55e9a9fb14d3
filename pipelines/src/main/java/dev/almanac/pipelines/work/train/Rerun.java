package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.train.Training;
import java.io.IOException;

/**
 * Trains a run once more from its record and compares the weights.
 *
 * @param run as {@link Evaluate#run}
 */
public record Rerun(AlmanacConfig config, String run) implements Work<Rerun.Compared> {
  /**
   * Two runs of one record.
   *
   * @param weights of each
   * @param different how many are not equal to the bit
   * @param greatest difference
   */
  public record Compared(Run before, Run again, int weights, int different, double greatest) {
    static Compared of(Run before, Run again) throws IOException {
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
      return new Compared(before, again, old.length, different, greatest);
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
    Run again =
        new Trainer(config, watch)
            .run(DatasetCheck.HASHES, context -> Training.rerun(before, context));
    return Compared.of(before, again);
  }
}
