package dev.almanac.training.setting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.problem.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** One thing that a {@link Form} asks a section for. */
public sealed interface Entry permits Setting, Choices, Part {
  /** The key in the section. */
  String key();

  /**
   * Takes the value out of a section, or the default.
   *
   * @param values gets it
   * @param known gets the keys that were asked for
   * @return whether all keys that the section may have are known by now
   */
  boolean read(ObjectNode section, ObjectNode values, Set<String> known, Problems problems);

  /**
   * Tells the settings of a section that made these choices.
   *
   * @param values a section, complete
   * @param into gets each by its path below the section
   */
  void settings(ObjectNode values, BiConsumer<String, Setting> into);

  /** The word that decides which other keys there are, in what was read; nothing when none does. */
  default Optional<String> decision(ObjectNode values) {
    return Optional.empty();
  }
}
