package dev.almanac.training.graph;

/**
 * How far each numeric feature has come through each of its bins, a token a feature: 0 before a
 * bin, 1 behind it, the share inside; the first and the last bin go on for ever (Gorishniy et al.
 * 2022, "On Embeddings for Numerical Features in Tabular Deep Learning", arXiv 2203.05556).
 *
 * <p>Bins are between {@link BinEdges} of the train rows and stay as they are. A feature of few
 * values has fewer bins than planned: what is left over is 0 for every row.
 */
record PiecewiseLinear() implements Layer {
  /** What a bin's parameters say; each {@code [features, bins]}. */
  enum Part {
    START,
    SLOPE,
    LEAST,
    MOST
  }

  @Override
  public void forward(SliceText text) {
    String bins =
        "%s.view(r, %s, %s)".formatted(text.out(), text.output().tokens(), text.output().width());
    text.line("torch.sub(%s.unsqueeze(2), %s, out=%s)", text.in(0), text.weight(0), bins);
    text.line("%s.mul_(%s)", text.out() + reshaped(text), text.weight(1));
    text.line("torch.clamp(%s, %s, %s, out=%s)", bins, text.weight(2), text.weight(3), bins);
  }

  private static String reshaped(SliceText text) {
    return ".view(r, %s, %s)".formatted(text.output().tokens(), text.output().width());
  }

  @Override
  public void backward(SliceText text) {}

  @Override
  public String onnx(OnnxLayers at) {
    String come = at.apply("Mul", at.apply("Sub", at.column(0), at.weight(0)), at.weight(1));
    return at.made(at.apply("Min", at.apply("Max", come, at.weight(2)), at.weight(3)));
  }

  static void fill(Part part, float[] values, int bins, TrainColumns columns) {
    for (int feature = 0; feature < values.length / bins; feature++) {
      float[] edges = BinEdges.of(columns.values(feature), bins);
      for (int bin = 0; bin < bins; bin++) {
        values[feature * bins + bin] = value(part, edges, bin);
      }
    }
  }

  private static float value(Part part, float[] edges, int bin) {
    int last = edges.length - 2;
    if (bin > last) {
      return 0;
    }
    return switch (part) {
      case START -> edges[bin];
      case SLOPE -> 1 / (edges[bin + 1] - edges[bin]);
      case LEAST -> bin == 0 ? -Float.MAX_VALUE : 0;
      case MOST -> bin == last ? Float.MAX_VALUE : 1;
    };
  }
}
