package dev.almanac.pipelines.config.reference;

import java.util.List;

/**
 * A key of a config.
 *
 * @param path a name of the user's stands in it in capitals, such as {@code COLUMN}
 * @param variants what it may be; several where that depends on other keys
 * @param meaning a sentence or two
 * @param example the key with a value, in a line of YAML; empty for a section of further keys
 */
record Key(String path, List<Variant> variants, String meaning, String example) {
  Key {
    variants = List.copyOf(variants);
  }

  /** The section that a path lies in; empty for the whole config. */
  static String above(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** The key at the end of a path. */
  static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  String name() {
    return last(path);
  }

  boolean isBelow(String section) {
    return section.isEmpty() || path.startsWith(section + ".");
  }
}
