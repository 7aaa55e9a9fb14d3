package dev.almanac.training.graph;

/**
 * A row's numbers once for each member of an ensemble, each time multiplied by numbers of the
 * member's own {@code [members, width]}: a token a member (TabM of Gorishniy et al. 2024, arXiv
 * 2410.24210).
 */
record Spread() implements Layer {
  private static String tokens(SliceText text, String name) {
    return "%s.view(r, %s, %s)".formatted(name, text.output().tokens(), text.output().width());
  }

  @Override
  public void forward(SliceText text) {
    text.line(
        "torch.mul(%s.unsqueeze(1), %s, out=%s)",
        text.in(0), text.weight(0), tokens(text, text.out()));
  }

  @Override
  public void backward(SliceText text) {
    String up = tokens(text, text.up());
    text.line(
        "%s.add_(torch.sum(torch.mul(%s, %s.unsqueeze(1)), [0]))", text.slope(0), up, text.in(0));
    if (text.wants(0)) {
      text.give(0, "torch.sum(torch.mul(%s, %s), [1])", up, text.weight(0));
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.made(at.apply("Mul", at.tokens(0), at.weight(0)));
  }
}
