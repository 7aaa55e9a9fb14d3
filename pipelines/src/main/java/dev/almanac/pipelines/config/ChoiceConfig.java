package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;

/**
 * How the model of a search is chosen among its trials: the sections {@code confirm:} and {@code
 * ensemble:}.
 *
 * @param confirm null when trials are ranked as they are
 * @param ensemble so many of the best models are averaged; 1 when the best stands alone
 */
public record ChoiceConfig(ConfirmConfig confirm, int ensemble) {
  private static final int MOST = 64;

  static ChoiceConfig read(Section search) {
    ConfirmConfig confirm = ConfirmConfig.read(search);
    boolean averages = search.hasSection("ensemble");
    Section section = search.section("ensemble");
    if (!averages) {
      return new ChoiceConfig(confirm, 1);
    }
    int best = section.integer("best", 5, 2, MOST);
    section.close();
    return new ChoiceConfig(confirm, best);
  }
}
