package dev.almanac.training.train;

import static java.util.stream.Collectors.joining;

import dev.almanac.training.config.DeviceChoice;
import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.config.TrainPlan;
import dev.almanac.training.run.ConfigDifference;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunRecipe;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.torch.Compute;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a run was made from beside what is here now: whether training it again can give the same
 * weights.
 */
public final class RunVerification {
  private static final String WRITTEN = "as it was written";
  private static final String ABSENT = "(none)";

  private final List<Check> checks = new ArrayList<>();

  private RunVerification() {}

  /**
   * One thing that a run depends on.
   *
   * @param group of things that differ together: {@code run}, {@code data}, {@code config}, {@code
   *     code}, {@code dependencies}, {@code jvm}, {@code native}, {@code hardware}, {@code system}
   * @param recorded as the run names it
   * @param found here
   * @param decides whether weights depend on it; what else differs is good to know when they differ
   */
  public record Check(String group, String name, String recorded, String found, boolean decides) {
    public boolean isSame() {
      return recorded.equals(found);
    }
  }

  /**
   * Compares, in the order in which things act on a run: dataset, transform, model, files, config,
   * seed, code, dependencies, programs, machine.
   *
   * @param plan that is asked about now
   * @param context of the code that asks
   */
  public static List<Check> of(Run run, TrainPlan plan, RunContext context) throws IOException {
    RunVerification verification = new RunVerification();
    RunRecord record = run.record();
    TrainConfig config = settled(run, plan, context);
    verification.dataset(run, context);
    verification.add("data", "transform", record.dataset().transformHash(), transformHash(run));
    verification.model(run);
    verification.files(run);
    verification.settings(record, config, context);
    RunSeries.Group group = record.group();
    verification.add(
        "config",
        "seed",
        record.train().seed(),
        config.seed() + (group == null ? 0 : group.number() - 1));
    Compute compute = Compute.start(config.machine().device(), config.machine().threads());
    verification.checks.addAll(SurroundingsChecks.of(run, context, compute));
    return List.copyOf(verification.checks);
  }

  /**
   * What differs of that which would train the run once more; its files are not looked at.
   *
   * @param plan of now; null when there is none
   */
  public static List<Check> differences(Run run, TrainPlan plan, RunContext context)
      throws IOException {
    RunVerification verification = new RunVerification();
    if (plan != null) {
      verification.settings(run.record(), settled(run, plan, context), context);
    }
    Compute compute =
        Compute.start(DeviceChoice.ofDevice(run.record().device()), run.record().threads());
    verification.checks.addAll(SurroundingsChecks.of(run, context, compute));
    return verification.checks.stream().filter(check -> !check.isSame()).toList();
  }

  /** What a plan comes to; where only a dataset could tell that is gone, what it came to. */
  private static TrainConfig settled(Run run, TrainPlan plan, RunContext context) {
    if (!plan.isOpen()) {
      return plan.usual();
    }
    try {
      return plan.of(RunDataset.open(run, "verify it", context.datasets(), note -> {}).manifest());
    } catch (IOException gone) {
      return run.record().train();
    }
  }

  private void add(String group, String name, Object recorded, Object found) {
    checks.add(
        new Check(
            group,
            name,
            Objects.toString(recorded, ABSENT),
            Objects.toString(found, ABSENT),
            true));
  }

  /** The keys that differ, with their values; the whole section when none does. */
  private void settings(RunRecord record, TrainConfig config, RunContext context)
      throws IOException {
    String was = Json.line(record.train().withSeed(0));
    String is = Json.line(config.withSeed(0));
    List<ConfigDifference> keys =
        ConfigDifference.of(record.config(), context.config()).stream()
            .filter(key -> key.path().startsWith("train.") && !key.path().equals("train.seed"))
            .toList();
    if (was.equals(is) || keys.isEmpty()) {
      add("config", "train", was, is);
    } else {
      add(
          "config",
          "train",
          keys.stream().map(key -> key.path() + "=" + key.was()).collect(joining(" ")),
          keys.stream().map(key -> key.path() + "=" + key.is()).collect(joining(" ")));
    }
  }

  /** The manifest's hash, then the files that training reads. */
  private void dataset(Run run, RunContext context) {
    RunRecipe.DatasetReference was = run.record().dataset();
    try {
      Dataset dataset =
          RunDataset.open(run, "verify it", context.datasets(), context.progress()::note);
      add("data", "dataset", was.hash(), dataset.manifest().hash());
      dataset.verify(List.of(Split.TRAIN, Split.VALIDATION));
    } catch (IOException e) {
      checks.removeIf(check -> check.name.equals("dataset"));
      add("data", "dataset", was.hash(), e.getMessage());
    }
  }

  /** The hash of the transform that lies in the run. */
  private static String transformHash(Run run) {
    try {
      return run.transform().hash();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** All that the run keeps: its metrics, predictions and log too. */
  private void files(Run run) throws IOException {
    List<String> differences = run.differences();
    add("run", "files", WRITTEN, differences.isEmpty() ? WRITTEN : String.join("; ", differences));
  }

  private void model(Run run) throws IOException {
    if (run.record().status() != RunStatus.FINISHED) {
      add("run", "model", RunStatus.FINISHED.text(), run.record().status().text());
      return;
    }
    try {
      run.ensemble();
      add("run", "model", WRITTEN, WRITTEN);
    } catch (IOException e) {
      add("run", "model", WRITTEN, e.getMessage());
    }
  }
}
