package dev.almanac.pipelines.config;

/** A section that some commands need and others do without. */
public enum Part {
  SOURCE("source"),
  COLUMNS("columns"),
  SPLIT("split"),
  OUTPUT("output"),
  TRAIN("train"),
  SEARCH("search");

  private final String key;

  Part(String key) {
    this.key = key;
  }

  String key() {
    return key;
  }
}
