package dev.almanac.pipelines.config;

import dev.almanac.pipelines.config.yaml.Section;

/**
 * How many rows that cannot be parsed a prepare puts up with: the {@code rejects:} section. By
 * default none; with one of the two keys the other sets no limit.
 *
 * @param maxRows the most rejected rows
 * @param maxShare the most rejected rows as a share of the rows read, 0 to 1
 */
public record RejectsConfig(long maxRows, double maxShare) {
  static RejectsConfig read(Section section) {
    boolean byShare = section.has("max-share");
    long maxRows = section.integer("max-rows", byShare ? Long.MAX_VALUE : 0, 0, Long.MAX_VALUE);
    double maxShare =
        section.number("max-share", 1.0, share -> share >= 0 && share <= 1, "from 0 to 1");
    section.close();
    return new RejectsConfig(maxRows, maxShare);
  }
}
