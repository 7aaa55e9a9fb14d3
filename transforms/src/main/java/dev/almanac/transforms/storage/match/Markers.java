package dev.almanac.transforms.storage.match;

import java.util.Locale;

/** Files beside data that are no data, by the names that systems give them. */
final class Markers {
  private Markers() {}

  /** Why a file or folder of this name holds no rows; null when it may. */
  static String reason(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (name.startsWith(".")) {
      return lower.endsWith(".crc") ? "checksum file" : "hidden file";
    }
    // Hadoop's and Spark's _SUCCESS, _temporary, _metadata; a folder _x=1 is a partition.
    if (name.startsWith("_") && !name.contains("=")) {
      return "marker file";
    }
    if (lower.endsWith(".crc")) {
      return "checksum file";
    }
    if (name.startsWith("~$")) {
      return "lock file";
    }
    if (name.endsWith("._COPYING_") || name.endsWith("_$folder$")) {
      return "marker file";
    }
    return lower.equals("thumbs.db") || lower.equals("desktop.ini") ? "system file" : null;
  }
}
