package dev.almanac.training.graph;

/** A row of learned numbers for each category of a row: a token a nominal column. */
record Embedding() implements Layer {
  @Override
  public void forward(SliceText text) {
    text.line("torch.index_select(%s, 0, idx, out=%s)", text.weight(0), text.out());
  }

  /**
   * Adds up in the order of the rows, so that the sums are the same in each run: the quicker way
   * does so only while one thread works.
   */
  @Override
  public void backward(SliceText text) {
    text.line("if alone:");
    text.line("  %s.index_put_([idx], %s, True)", text.slope(0), text.up());
    text.line("else:");
    text.line(
        "  %s.scatter_add_(0, idx.unsqueeze(1).expand([-1, %s]), %s)",
        text.slope(0), text.output().width(), text.up());
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.made(at.apply("Gather", at.weight(0), at.tableRows()));
  }
}
