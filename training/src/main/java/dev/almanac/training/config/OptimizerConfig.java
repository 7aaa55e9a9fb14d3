package dev.almanac.training.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.optimize.Adam;
import dev.almanac.training.optimize.AdamW;
import dev.almanac.training.optimize.Constant;
import dev.almanac.training.optimize.Cosine;
import dev.almanac.training.optimize.LearningRate;
import dev.almanac.training.optimize.OneCycle;
import dev.almanac.training.optimize.Optimizer;
import dev.almanac.training.optimize.Plateau;
import dev.almanac.training.optimize.Schedule;
import dev.almanac.training.optimize.Sgd;
import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Form;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import dev.almanac.training.setting.Settings;
import java.util.List;

/**
 * How weights change: the {@code optimizer:} section.
 *
 * @param learningRate the highest rate of the schedule
 * @param clipNorm the greatest length of a gradient, longer ones are shortened to it; 0 is none
 * @param averageDecay the share of the averaged weights that a step keeps; 0 does not average
 */
public record OptimizerConfig(
    Optimizer optimizer,
    double learningRate,
    Schedule schedule,
    double clipNorm,
    double averageDecay) {
  /** A new optimizer is one file and one name here. */
  public static final Choices<Kind<Optimizer>> OPTIMIZERS =
      new Choices<>("name", AdamW.KIND.name(), List.of(Sgd.KIND, Adam.KIND, AdamW.KIND));

  /** A new schedule is one file and one name here. */
  public static final Choices<Kind<Schedule>> SCHEDULES =
      new Choices<>(
          "schedule",
          OneCycle.KIND.name(),
          List.of(Constant.KIND, Cosine.KIND, OneCycle.KIND, Plateau.KIND));

  private static final Setting RATE = Setting.number("learning-rate", 0.001, Rule.Decimal.POSITIVE);
  private static final Setting CLIP = Setting.number("clip-norm", 0, Rule.Decimal.SIZE);
  private static final Setting AVERAGE = Setting.number("average-decay", 0, Rule.Decimal.SHARE);

  /** The section. */
  static final Form FORM = Form.of(OPTIMIZERS, RATE, SCHEDULES, CLIP, AVERAGE);

  /** Neither clips nor averages. */
  public static OptimizerConfig of(Optimizer optimizer, double learningRate, Schedule schedule) {
    return new OptimizerConfig(optimizer, learningRate, schedule, 0, 0);
  }

  static OptimizerConfig of(Settings chosen) {
    return new OptimizerConfig(
        OPTIMIZERS.chosen(chosen).make(chosen),
        chosen.number(RATE.key()),
        SCHEDULES.chosen(chosen).make(chosen),
        chosen.number(CLIP.key()),
        chosen.number(AVERAGE.key()));
  }

  /** The rates of a training of so many steps. */
  public LearningRate rates(long steps) {
    return new LearningRate(learningRate, schedule, steps);
  }

  ObjectNode json() {
    ObjectNode section = JsonNodeFactory.instance.objectNode();
    section.put(OPTIMIZERS.key(), optimizer.name());
    optimizer.write(section);
    section.put(RATE.key(), learningRate);
    section.put(SCHEDULES.key(), schedule.name());
    schedule.write(section);
    return section.put(CLIP.key(), clipNorm).put(AVERAGE.key(), averageDecay);
  }
}
