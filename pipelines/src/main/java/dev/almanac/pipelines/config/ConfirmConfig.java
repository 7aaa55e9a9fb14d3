package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;

/**
 * How a search's winner is confirmed: the {@code confirm:} section of a search.
 *
 * @param best so many of the best trials are trained again
 * @param seeds each with so many fresh seeds
 */
public record ConfirmConfig(int best, int seeds) {
  /** Null when the section is not there: the best trial wins. */
  static ConfirmConfig read(Section search) {
    if (!search.hasSection("confirm")) {
      search.section("confirm");
      return null;
    }
    Section section = search.section("confirm");
    ConfirmConfig confirm =
        new ConfirmConfig(
            section.integer("best", 3, 1, 1_000), section.integer("seeds", 5, 2, 1_000));
    section.close();
    return confirm;
  }
}
