package dev.almanac.training.graph;

/** The sum of two values of one size. */
record Add() implements Layer {
  @Override
  public void forward(SliceText text) {
    text.line("torch.add(%s, %s, out=%s)", text.in(0), text.in(1), text.out());
  }

  @Override
  public void backward(SliceText text) {
    for (int i = 1; i >= 0; i--) {
      if (text.wants(i)) {
        if (!text.first(i)) {
          text.line("%s.add_(%s)", text.down(i), text.up());
        } else if (i == 0) {
          text.hand(0, text.up());
        } else {
          text.line("%s.copy_(%s)", text.down(i), text.up());
        }
      }
    }
  }

  @Override
  public boolean worksInPlace() {
    return true;
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.apply("Add", at.in(0), at.in(1));
  }
}
