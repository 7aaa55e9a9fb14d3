package dev.almanac.pipelines.config.yaml;

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

  public String key() {
    return key;
  }
}
