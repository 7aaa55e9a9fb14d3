package dev.almanac.pipelines.report.measure;

/** How many pairs of label and prediction lie in each square; both axes have the same bins. */
public final class DensityGrid {
  private final Bins bins;
  private final long[] counts;
  private long outside;

  DensityGrid(Bins bins) {
    this.bins = bins;
    this.counts = new long[bins.count() * bins.count()];
  }

  void add(double label, double prediction) {
    int across = bins.of(label);
    int up = bins.of(prediction);
    if (across < 0 || up < 0 || across == bins.count() || up == bins.count()) {
      outside++;
    } else {
      counts[across * bins.count() + up]++;
    }
  }

  public Bins bins() {
    return bins;
  }

  public long count(int across, int up) {
    return counts[across * bins.count() + up];
  }

  /** Pairs of which one lies beyond the bins. */
  public long outside() {
    return outside;
  }
}
