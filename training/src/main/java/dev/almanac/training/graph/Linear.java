package dev.almanac.training.graph;

/** {@code x W^T + b}, with {@code W} {@code [units, inputs]}. */
record Linear() implements Layer {
  /** Numbers of 32 bits in the widest vector of a processor. */
  private static final int VECTOR = 16;

  @Override
  public void forward(SliceText text) {
    boolean half = text.output().isHalf();
    text.line(
        "torch.addmm(%s, %s, %s.t(), out=%s)",
        half ? text.halfWeight(1) : text.weight(1),
        text.in(0),
        half ? text.halfWeight(0) : text.weight(0),
        text.out());
  }

  @Override
  public void backward(SliceText text) {
    String up = text.up();
    boolean half = text.output().isHalf();
    if (isOdd(text.input(0).width()) && !isOdd(text.output().width())) {
      // Products are slower, float32's by a third, when their rows do not fill the vectors.
      text.line("%s.add_(torch.mm(%s.t(), %s).t())", text.slope(0), text.in(0), up);
    } else if (half) {
      text.line("%s.add_(torch.mm(%s.t(), %s))", text.slope(0), up, text.in(0));
    } else {
      text.line("%s.addmm_(%s.t(), %s)", text.slope(0), up, text.in(0));
    }
    if (half) {
      // Adds up in float32.
      text.line("%s.add_(torch.sum(%s, [0]))", text.slope(1), up);
    } else {
      text.line("%s.addmv_(%s.t(), %s)", text.slope(1), up, text.ones(text.output().tokens()));
    }
    if (text.wants(0)) {
      String weight = weight(text, text.skipped(text.input(0)));
      if (text.first(0)) {
        text.line("torch.mm(%s, %s, out=%s)", up, weight, text.down(0));
      } else {
        text.line("%s.addmm_(%s, %s)", text.down(0), up, weight);
      }
    }
  }

  private static boolean isOdd(int width) {
    return width % VECTOR != 0;
  }

  /** The weights without the first few inputs'. */
  private static String weight(SliceText text, int skipped) {
    boolean half = text.output().isHalf();
    if (skipped == 0) {
      return half ? text.halfWeight(0) : text.weight(0);
    }
    return half
        ? text.halfWeight(0, skipped)
        : "%s.narrow(1, %s, %s)"
            .formatted(text.weight(0), skipped, text.input(0).width() - skipped);
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.apply("Add", at.apply("MatMul", at.in(0), at.transposed(0)), at.weight(1));
  }
}
