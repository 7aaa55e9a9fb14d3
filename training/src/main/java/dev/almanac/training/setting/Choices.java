package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import dev.almanac.transforms.problem.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Words of which a config chooses one, each with keys of its own, which stand beside the word's key
 * in the same section.
 *
 * @param key of the word
 * @param usual the word when a config says nothing
 */
public record Choices<C extends Choice>(String key, String usual, List<C> all) implements Entry {
  public Choices {
    all = List.copyOf(all);
    if (all.stream().noneMatch(choice -> choice.name().equals(usual))) {
      throw new IllegalArgumentException(
          "Cannot offer '%s': the default is one of the choices (%s)".formatted(key, usual));
    }
  }

  /** The words. */
  public List<String> names() {
    return all.stream().map(Choice::name).toList();
  }

  /**
   * The choice of this name.
   *
   * @throws RefusedException naming those there are
   */
  public C of(String name) {
    return all.stream()
        .filter(choice -> choice.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new RefusedException(
                    "Cannot choose %s '%s': it must be one of %s"
                        .formatted(key, name, String.join(", ", names()))));
  }

  /** The choice that a section made. */
  public C chosen(Settings section) {
    return of(section.text(key));
  }

  /** What a section that says nothing comes to. */
  public Settings usually() {
    return Form.of(this).read(JsonNodeFactory.instance.objectNode(), Set.of(), new Problems());
  }

  /** The word's key as a setting. */
  private Setting word() {
    return Setting.word(key, usual, names());
  }

  @Override
  public boolean read(ObjectNode section, ObjectNode values, Set<String> known, Problems problems) {
    int before = problems.count();
    word().read(section, values, known, problems);
    boolean sound = problems.count() == before;
    // Of a word that nobody knows the keys are not known either: they are no mistake of their own.
    of(values.get(key).textValue())
        .settings()
        .forEach(
            setting -> setting.read(section, values, known, sound ? problems : new Problems()));
    return sound;
  }

  @Override
  public void settings(ObjectNode values, BiConsumer<String, Setting> into) {
    word().settings(values, into);
    of(values.get(key).textValue()).settings().forEach(at -> at.settings(values, into));
  }

  @Override
  public Optional<String> decision(ObjectNode values) {
    return Optional.of(values.get(key).textValue());
  }
}
