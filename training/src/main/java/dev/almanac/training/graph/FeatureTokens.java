package dev.almanac.training.graph;

/** A token a numeric feature: {@code x_i w_i + b_i}, with vectors {@code w} and {@code b}. */
record FeatureTokens() implements Layer {
  private static String cut(SliceText text, String name) {
    return "%s.view(r, %s, %s)".formatted(name, text.output().tokens(), text.output().width());
  }

  @Override
  public void forward(SliceText text) {
    text.line(
        "torch.addcmul(%s, %s.unsqueeze(2), %s, out=%s)",
        text.weight(1), text.in(0), text.weight(0), cut(text, text.out()));
  }

  @Override
  public void backward(SliceText text) {
    String up = cut(text, text.up());
    text.line(
        "%s.add_(torch.sum(torch.mul(%s, %s.unsqueeze(2)), [0]))", text.slope(0), up, text.in(0));
    text.line("%s.add_(torch.sum(%s, [0]))", text.slope(1), up);
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.made(at.apply("Add", at.apply("Mul", at.column(0), at.weight(0)), at.weight(1)));
  }
}
