package dev.almanac.training.graph;

/** The first token of each row alone. */
record FirstToken() implements Layer {
  private static String first(SliceText text, String name) {
    return "%s.view(r, %s, %s).select(1, 0)"
        .formatted(name, text.input(0).tokens(), text.input(0).width());
  }

  @Override
  public void forward(SliceText text) {
    text.line("%s.copy_(%s)", text.out(), first(text, text.in(0)));
  }

  @Override
  public void backward(SliceText text) {
    if (text.first(0)) {
      text.line("%s.zero_()", text.down(0));
    }
    text.line("%s.add_(%s)", first(text, text.down(0)), text.up());
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.made(at.slice(at.tokens(0), 1, 0, 1));
  }
}
