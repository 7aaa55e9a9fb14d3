package dev.almanac.training.model;

import dev.almanac.training.setting.Choices;
import dev.almanac.training.setting.Form;
import java.util.List;

/** The model families there are, and the {@code model:} section that chooses one. */
public final class ModelFamilies {
  /** The name of the family that a dataset settles. */
  public static final String AUTO = "auto";

  /** A new family is one file and one name here; the first is what a config gets without asking. */
  public static final Choices<ModelFamily> ALL =
      new Choices<>(
          "family",
          "mlp",
          List.of(
              new MlpFamily(),
              new ResnetFamily(),
              new DcnFamily(),
              new FtTransformerFamily(),
              new LinearFamily(),
              new AutoFamily()));

  /** The section. */
  public static final Form FORM = Form.of(ALL);

  private ModelFamilies() {}
}
