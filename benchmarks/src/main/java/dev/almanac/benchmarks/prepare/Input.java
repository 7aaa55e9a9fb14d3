package dev.almanac.benchmarks.prepare;

import dev.almanac.testdata.Compression;
import java.util.Locale;

/** How the station files are stored. */
enum Input {
  PLAIN(Compression.NONE, "*.csv"),
  GZIP(Compression.GZIP, "*.csv.gz");

  private final Compression compression;
  private final String glob;

  Input(Compression compression, String glob) {
    this.compression = compression;
    this.glob = glob;
  }

  Compression compression() {
    return compression;
  }

  String glob() {
    return glob;
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
