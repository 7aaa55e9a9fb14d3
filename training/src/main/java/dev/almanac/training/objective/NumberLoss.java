package dev.almanac.training.objective;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.graph.Distance;
import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Kind;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.List;

/** The loss of a number: of its distance from what was predicted. */
public record NumberLoss(Distance distance) implements LossChoice {
  /** A new one is one type in {@link Distance} and one name here. */
  public static final List<Kind<Distance>> DISTANCES =
      List.of(
          Distance.Squared.KIND,
          Distance.Absolute.KIND,
          Distance.Huber.KIND,
          Distance.Quantile.KIND);

  static final Choices<Kind<LossChoice>> CHOICES =
      new Choices<>(
          "name",
          Distance.Squared.KIND.name(),
          DISTANCES.stream().map(kind -> kind.<LossChoice>then(NumberLoss::new)).toList());

  @Override
  public String name() {
    return distance.name();
  }

  @Override
  public boolean isOfClasses() {
    return false;
  }

  @Override
  public void write(ObjectNode section) {
    distance.write(section);
  }

  @Override
  public Objective objective(DatasetColumns.Label label, long[] classRows) {
    return Regression.of(distance, label.mean(), label.standardDeviation());
  }
}
