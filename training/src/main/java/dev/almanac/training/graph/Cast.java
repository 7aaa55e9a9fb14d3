package dev.almanac.training.graph;

/** The same numbers in the output's own precision. */
record Cast() implements Layer {
  @Override
  public void forward(SliceText text) {
    text.line("%s.copy_(%s)", text.out(), text.in(0));
  }

  @Override
  public void backward(SliceText text) {
    String write = text.first(0) ? "copy_" : "add_";
    text.line("%s.%s(%s)", text.down(0), write, text.up());
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.in(0);
  }
}
