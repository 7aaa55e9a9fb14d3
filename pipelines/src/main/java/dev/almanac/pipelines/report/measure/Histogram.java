package dev.almanac.pipelines.report.measure;

/** How many values lie in each bin, and beyond them. */
public final class Histogram {
  private final Bins bins;
  private final long[] counts;
  private long below;
  private long above;

  Histogram(Bins bins) {
    this.bins = bins;
    this.counts = new long[bins.count()];
  }

  void add(double value) {
    int bin = bins.of(value);
    if (bin < 0) {
      below++;
    } else if (bin == counts.length) {
      above++;
    } else {
      counts[bin]++;
    }
  }

  public Bins bins() {
    return bins;
  }

  public long[] counts() {
    return counts.clone();
  }

  public long below() {
    return below;
  }

  public long above() {
    return above;
  }
}
