package dev.almanac.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.graph.Precision;
import dev.almanac.training.model.ModelSettings;
import dev.almanac.training.objective.LossChoice;
import dev.almanac.training.objective.Task;
import dev.almanac.transforms.problem.Problems;
import java.util.Set;

/**
 * How to train: the {@code train:} section of a config, and so it is written in a run's record.
 *
 * @param seed of the weights, of dropout and of the order of rows
 */
public record TrainConfig(
    Task task,
    ModelSettings model,
    LossChoice loss,
    OptimizerConfig optimizer,
    Batches batches,
    Length length,
    Machine machine,
    long seed) {
  /**
   * What goes into a step.
   *
   * @param size rows a batch
   * @param accumulate batches whose gradients make one step
   * @param mixedRowGroups row groups whose rows are mixed with one another in an epoch
   */
  public record Batches(int size, int accumulate, int mixedRowGroups) {
    /** The rows of a batch when there are no more than these: a larger one is no other. */
    public int of(long rows) {
      return (int) Math.max(1, Math.min(size, rows));
    }
  }

  /**
   * How long it goes on.
   *
   * @param epochs the most passes over the train split
   * @param patience epochs without a better validation loss after which training stops, counted
   *     once the schedule has brought the learning rate down to half of its highest (a constant
   *     rate: from the start); 0 never stops
   */
  public record Length(int epochs, int patience) {}

  /**
   * What it runs on.
   *
   * @param threads PyTorch's threads within an operation; 0 is all cores
   */
  public record Machine(
      DeviceChoice device, int threads, Precision precision, CheckpointConfig checkpoint) {}

  /**
   * When the state of a training is written, beside the end of an interrupted one.
   *
   * @param seconds since the last time; 0 does not count seconds
   * @param steps since the last time; 0 does not count steps
   */
  public record CheckpointConfig(int seconds, int steps) {}

  /**
   * Reads the section.
   *
   * @param beside keys that it has for others
   * @param problems takes every value that does not fit and every key that is not known; what is
   *     returned is complete all the same
   */
  public static TrainConfig read(JsonNode section, Set<String> beside, Problems problems) {
    return TrainForm.read(section, beside, problems);
  }

  @JsonCreator
  static TrainConfig of(ObjectNode written) {
    Problems problems = new Problems();
    TrainConfig config = read(written, Set.of(), problems);
    problems.refuse();
    return config;
  }

  /** As a config has it, every key with its value. */
  @JsonValue
  public ObjectNode json() {
    return TrainForm.write(this);
  }

  /** The same with other values for some keys of the section. */
  public TrainConfig with(ObjectNode changed) {
    ObjectNode section = json();
    section.setAll(changed);
    return of(section);
  }

  public TrainConfig withSeed(long changed) {
    return new TrainConfig(task, model, loss, optimizer, batches, length, machine, changed);
  }

  public TrainConfig withBatches(Batches changed) {
    return new TrainConfig(task, model, loss, optimizer, changed, length, machine, seed);
  }
}
