package dev.almanac.training.setting;

import java.util.List;
import java.util.function.Function;

/**
 * A choice that comes to a value.
 *
 * @param settings keys that the value is made of
 */
public record Kind<T>(String name, List<Setting> settings, Function<Settings, T> make)
    implements Choice {
  public Kind {
    settings = List.copyOf(settings);
  }

  /** The same choice, of what its value is made into. */
  public <U> Kind<U> then(Function<T, U> next) {
    return new Kind<>(name, settings, make.andThen(next));
  }

  /** The value of a section that chose this kind. */
  public T make(Settings section) {
    return make.apply(section);
  }
}
