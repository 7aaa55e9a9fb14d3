package dev.almanac.training.run;

import dev.almanac.transforms.artifact.Dataset;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
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
    String id = RunStore.newId(Instant.now(), dataset.manifest().hash(), config);
    List<Run> runs = new ArrayList<>();
    for (int number = 1; number <= repeats; number++) {
      TrainConfig seeded = config.withSeed(config.seed() + number - 1);
      context.progress().note("repeat %d of %d, seed %d".formatted(number, repeats, seeded.seed()));
      RunContext place =
          context
              .withGroup(new RunRecord.Group(id, number, repeats))
              .withCheck(number == 1 ? context.check() : RunContext.DatasetCheck.TRUSTED);
      runs.add(Training.run(dataset, seeded, place));
    }
    return new RunGroup(runs);
  }
}
