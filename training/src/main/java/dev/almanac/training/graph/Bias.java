package dev.almanac.training.graph;

/** Adds a learned number to each column. */
record Bias() implements Layer {
  @Override
  public void forward(SliceText text) {
    text.line("torch.add(%s, %s, out=%s)", text.in(0), text.weight(0), text.out());
  }

  @Override
  public void backward(SliceText text) {
    text.line("%s.addmv_(%s.t(), %s)", text.slope(0), text.up(), text.ones(text.output().tokens()));
    if (text.wants(0)) {
      if (text.first(0)) {
        text.hand(0, text.up());
      } else {
        text.line("%s.add_(%s)", text.down(0), text.up());
      }
    }
  }

  @Override
  public boolean worksInPlace() {
    return true;
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.apply("Add", at.in(0), at.weight(0));
  }
}
