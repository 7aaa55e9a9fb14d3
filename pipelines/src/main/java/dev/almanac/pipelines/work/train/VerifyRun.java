package dev.almanac.pipelines.work.train;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.pipelines.work.runs.Runs;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext.DatasetCheck;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.train.RunVerification;
import dev.almanac.training.train.RunVerification.Check;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a run was made from with what is here now.
 *
 * @param run as {@link Evaluate#run}
 */
public record VerifyRun(ConfigFile file, String run) implements Work<VerifyRun.Verified> {
  /** The sections that are compared. */
  public static final Set<Part> NEEDS = Set.of(Part.TRAIN);

  /**
   * What was compared.
   *
   * @param checks in the order in which a difference explains those behind it
   */
  public record Verified(Run run, List<Check> checks) {
    public Optional<Check> firstDifference() {
      return checks.stream().filter(check -> check.decides() && !check.isSame()).findFirst();
    }
  }

  @Override
  public Verified run(Watch watch) throws IOException, ConfigException {
    AlmanacConfig config = file.read(NEEDS);
    Run found = new Runs(config, watch).find(run);
    AlmanacConfig asked = found.record().trial() == null ? config : trial(found.record());
    return new Verified(
        found,
        RunVerification.of(
            found, asked.plan(), new Trainer(asked, watch).context(DatasetCheck.HASHES)));
  }

  /** The config as the search that made the run changed it for this trial. */
  private AlmanacConfig trial(RunRecord record) throws IOException {
    List<String> overrides = new ArrayList<>(ConfigFile.settings(record.trial().assignment()));
    overrides.add("train.threads=" + record.train().machine().threads());
    overrides.add("train.repeats=1");
    try {
      return file.with(overrides).read(NEEDS);
    } catch (ConfigException e) {
      throw new ForeseenException(
          "Cannot verify run %s: the config does not take the values of trial %s of study %s any more: %s"
              .formatted(
                  record.runId(), record.trial().number(), record.trial().study(), e.getMessage()));
    }
  }
}
