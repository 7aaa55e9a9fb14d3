package dev.almanac.training.train;

import dev.almanac.training.config.TrainConfig;
import dev.almanac.training.problem.TrainingException;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunContext;
import dev.almanac.training.run.RunDataset;
import dev.almanac.training.run.RunGroup;
import dev.almanac.training.run.RunSeries;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.manifest.Dataset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Trains one config several times, each with the next seed, one after another.
 *
 * <p>Each is a run like any other and names its group. Should one fail, those before it stay.
 */
public final class Repeats {
  private Repeats() {}

  /**
   * Trains.
   *
   * @param config has the first seed
   * @param repeats 1 or more; 1 makes a run of its own
   * @throws TrainingException as {@link Training#run}
   */
  public static RunGroup train(Dataset dataset, TrainConfig config, int repeats, RunContext context)
      throws IOException {
    if (repeats == 1) {
      return RunGroup.alone(Training.run(dataset, config, context));
    }
    String id = RunStore.newId();
    return train(dataset, config, List.of(), new RunSeries.Group(id, 0, repeats), context);
  }

  /**
   * Goes on with a run that was stopped or killed, and with the repeats behind it.
   *
   * @throws TrainingException as {@link Training#resume}
   */
  public static RunGroup resume(Run run, RunContext context) throws IOException {
    RunSeries.Group group = run.record().group();
    if (group == null) {
      return RunGroup.alone(Training.resume(run, context));
    }
    Run resumed = Training.resume(run, context.withGroup(group));
    TrainConfig first = resumed.record().train();
    first = first.withSeed(first.seed() - group.number() + 1);
    Dataset dataset =
        RunDataset.open(
            resumed,
            "train the repeats of run %s".formatted(resumed.record().runId()),
            context.datasets(),
            note -> {});
    return train(
        dataset,
        first,
        RunGroup.of(resumed).runs(),
        group,
        context.withConfig(resumed.record().config()));
  }

  /** The repeats behind number {@code done.number()}, beside those that are there. */
  private static RunGroup train(
      Dataset dataset,
      TrainConfig config,
      List<Run> there,
      RunSeries.Group done,
      RunContext context)
      throws IOException {
    int repeats = done.size();
    List<Run> runs = new ArrayList<>(there);
    for (int number = done.number() + 1; number <= repeats; number++) {
      int next = number;
      if (there.stream().anyMatch(run -> run.record().group().number() == next)) {
        continue;
      }
      TrainConfig seeded = config.withSeed(config.seed() + number - 1);
      context.progress().note("repeat %s of %s, seed %s".formatted(number, repeats, seeded.seed()));
      RunContext place =
          context
              .withGroup(new RunSeries.Group(done.id(), number, repeats))
              .withCheck(number == 1 ? context.check() : RunContext.DatasetCheck.TRUSTED);
      runs.add(Training.run(dataset, seeded, place));
    }
    runs.sort(Comparator.comparingInt(run -> run.record().group().number()));
    return new RunGroup(runs);
  }
}
