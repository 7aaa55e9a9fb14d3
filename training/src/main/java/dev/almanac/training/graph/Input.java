package dev.almanac.training.graph;

/** The numeric features of a row. */
record Input() implements Layer {
  @Override
  public void forward(SliceText text) {
    text.out("x");
  }

  @Override
  public void backward(SliceText text) {}

  @Override
  public String onnx(OnnxLayers at) {
    return at.numeric();
  }
}
