package dev.almanac.training.objective;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Kind;
import dev.almanac.training.setting.Rule;
import dev.almanac.training.setting.Setting;
import dev.almanac.transforms.manifest.DatasetColumns;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cross-entropy of classes.
 *
 * @param balanced whether each class weighs as much as every other, however many rows it has
 * @param classWeights how much rows of a class weigh, by its name; others weigh 1
 */
public record ClassLoss(boolean balanced, Map<String, Double> classWeights) implements LossChoice {
  private static final Setting BALANCED = Setting.flag("balanced", false);
  private static final Setting WEIGHTS = Setting.named("class-weights", Rule.Decimal.POSITIVE);

  private static final Kind<LossChoice> KIND =
      new Kind<>(
          "cross-entropy",
          List.of(BALANCED, WEIGHTS),
          chosen -> new ClassLoss(chosen.flag(BALANCED.key()), chosen.named(WEIGHTS.key())));

  static final Choices<Kind<LossChoice>> CHOICES =
      new Choices<>("name", KIND.name(), List.of(KIND));

  public ClassLoss {
    classWeights = Collections.unmodifiableMap(new LinkedHashMap<>(classWeights));
  }

  @Override
  public String name() {
    return KIND.name();
  }

  @Override
  public boolean isOfClasses() {
    return true;
  }

  @Override
  public boolean countsClasses() {
    return balanced;
  }

  @Override
  public void write(ObjectNode section) {
    section.put(BALANCED.key(), balanced);
    ObjectNode weights = section.putObject(WEIGHTS.key());
    classWeights.forEach(weights::put);
  }

  @Override
  public Objective objective(DatasetColumns.Label label, long[] classRows) {
    float[] weights = ClassWeights.of(this, label, classRows);
    int classes = label.classes().size();
    return classes == 2 ? new Binary(weights) : new Multiclass(classes, weights);
  }
}
