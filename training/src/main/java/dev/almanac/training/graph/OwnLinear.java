package dev.almanac.training.graph;

/**
 * {@code x W + b} with a matrix {@code [width, units]} and a vector of its own for each token.
 * Inputs and outputs are float32.
 */
record OwnLinear() implements Layer {
  /** {@code [tokens, r, width]}. */
  private static String byToken(Value value, String name) {
    return "%s.view(r, %s, %s).transpose(0, 1)".formatted(name, value.tokens(), value.width());
  }

  @Override
  public void forward(SliceText text) {
    text.line(
        "%s.copy_(torch.baddbmm(%s.unsqueeze(1), %s, %s))",
        byToken(text.output(), text.out()),
        text.weight(1),
        byToken(text.input(0), text.in(0)),
        text.weight(0));
  }

  @Override
  public void backward(SliceText text) {
    String up = text.local("up");
    text.line("%s = %s", up, byToken(text.output(), text.up()));
    text.line(
        "%s.add_(torch.bmm(%s.transpose(1, 2), %s))",
        text.slope(0), byToken(text.input(0), text.in(0)), up);
    text.line("%s.add_(torch.sum(%s, [1]))", text.slope(1), up);
    if (text.wants(0)) {
      boolean first = text.first(0);
      text.line(
          "%s.%s(torch.bmm(%s, %s.transpose(1, 2)))",
          byToken(text.input(0), text.down(0)), first ? "copy_" : "add_", up, text.weight(0));
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    int tokens = at.output().tokens();
    String products = at.apply("MatMul", at.transpose(at.tokens(0), 1, 0, 2), at.weight(0));
    String shift = at.shaped(1, tokens, 1, at.output().width());
    return at.made(at.transpose(at.apply("Add", products, shift), 1, 0, 2));
  }
}
