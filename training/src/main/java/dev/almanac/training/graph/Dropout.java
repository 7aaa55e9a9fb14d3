package dev.almanac.training.graph;

/**
 * Leaves numbers out at random while training and scales the others up (Srivastava et al. 2014).
 *
 * @param rate the share left out
 */
record Dropout(double rate) implements Layer {
  @Override
  public void forward(SliceText text) {
    if (!text.training()) {
      text.pass();
      return;
    }
    String mask = mask(text);
    text.line("%s = %s", mask, text.temporary(text.output()));
    text.line("%s.bernoulli_(%s).mul_(%s)", mask, 1 - rate, 1 / (1 - rate));
    text.line("torch.mul(%s, %s, out=%s)", text.in(0), mask, text.out());
  }

  private static String mask(SliceText text) {
    return text.local("mask");
  }

  @Override
  public void backward(SliceText text) {
    if (text.first(0)) {
      text.line("%s.mul_(%s)", text.up(), mask(text));
      text.hand(0, text.up());
    } else {
      text.line("%s.addcmul_(%s, %s)", text.down(0), text.up(), mask(text));
    }
  }

  @Override
  public boolean worksInPlace() {
    return true;
  }

  @Override
  public boolean keepsPrecision() {
    return true;
  }

  @Override
  public boolean isRandom() {
    return true;
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.in(0);
  }
}
