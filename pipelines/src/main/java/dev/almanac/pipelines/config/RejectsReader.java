package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;
import dev.almanac.training.setting.Rule;
import dev.almanac.transforms.staging.RejectPolicy;

/**
 * Reads the {@code rejects:} section: how many rows that cannot be parsed a prepare puts up with.
 * By default none; with one of the two keys the other sets no limit.
 */
final class RejectsReader {
  private RejectsReader() {}

  static RejectPolicy read(Section section) {
    section.ask("max-rows", new Rule.Whole(0, Long.MAX_VALUE), null);
    section.ask("max-share", Rule.Decimal.PART, null);
    boolean byShare = section.has("max-share");
    long rows = section.integer("max-rows", byShare ? Long.MAX_VALUE : 0, 0, Long.MAX_VALUE);
    double share = section.number("max-share", 1.0, Rule.Decimal.PART);
    section.close();
    return new RejectPolicy(rows == Long.MAX_VALUE ? null : rows, share == 1.0 ? null : share);
  }
}
