package dev.almanac.pipelines.work.init;

import java.util.List;

/**
 * A drafted config.
 *
 * @param text the YAML, with comments
 * @param label the column to learn
 * @param labelGuessed whether nobody asked for it
 * @param date the column to split by; null where none was found, and the split is left to be filled
 * @param open what a person must fill in before the config can be used; empty when it can
 * @param notes what was seen and what was unsure, a line each
 */
public record DraftedConfig(
    String text,
    String label,
    boolean labelGuessed,
    String date,
    List<String> open,
    List<String> notes) {
  public DraftedConfig {
    open = List.copyOf(open);
    notes = List.copyOf(notes);
  }
}
