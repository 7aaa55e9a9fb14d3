package dev.almanac.training.graph;

/** The product of two values of one size, number by number. */
record Multiply() implements Layer {
  @Override
  public void forward(SliceText text) {
    text.line("torch.mul(%s, %s, out=%s)", text.in(0), text.in(1), text.out());
  }

  @Override
  public void backward(SliceText text) {
    for (int i = 0; i < 2; i++) {
      if (text.wants(i)) {
        String other = text.in(1 - i);
        if (text.first(i)) {
          text.line("torch.mul(%s, %s, out=%s)", text.up(), other, text.down(i));
        } else {
          text.line("%s.addcmul_(%s, %s)", text.down(i), text.up(), other);
        }
      }
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.apply("Mul", at.in(0), at.in(1));
  }
}
