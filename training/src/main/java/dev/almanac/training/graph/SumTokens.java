package dev.almanac.training.graph;

/** The sum of a row's tokens. */
record SumTokens() implements Layer {
  private static String tokens(SliceText text, String name) {
    return "%s.view(r, %s, %s)".formatted(name, text.input(0).tokens(), text.input(0).width());
  }

  @Override
  public void forward(SliceText text) {
    text.line("torch.sum(%s, [1], out=%s)", tokens(text, text.in(0)), text.out());
  }

  @Override
  public void backward(SliceText text) {
    boolean first = text.first(0);
    text.line(
        "%s.%s(%s.unsqueeze(1))", tokens(text, text.down(0)), first ? "copy_" : "add_", text.up());
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.sum(at.tokens(0), 1);
  }
}
