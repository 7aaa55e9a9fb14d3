package dev.almanac.pipelines.work;

import dev.almanac.transforms.staging.Staging;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Date-time names of folders, such as {@code 20260728T101530Z}. */
public final class Stamp {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Stamp() {}

  /** A staging folder for what begins now; another of the same second gets a number. */
  public static Staging staging(String root, Instant now) throws IOException {
    String stamp = FORMAT.format(now);
    Staging staging = new Staging(root, stamp);
    for (int number = 2; staging.isTaken(); number++) {
      staging = new Staging(root, stamp + "-" + number);
    }
    return staging;
  }
}
