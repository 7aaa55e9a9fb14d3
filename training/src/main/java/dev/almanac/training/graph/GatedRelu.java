package dev.almanac.training.graph;

/** {@code a max(b, 0)}, a and b being the two halves of each token (Shazeer 2020, 2002.05202). */
record GatedRelu() implements Layer {
  private static String half(SliceText text, String name, int i) {
    int width = text.output().width();
    return "%s.narrow(1, %s, %s)".formatted(name, i * width, width);
  }

  @Override
  public void forward(SliceText text) {
    String gate = text.local("gate");
    text.line("%s = torch.relu(%s)", gate, half(text, text.in(0), 1));
    text.line("torch.mul(%s, %s, out=%s)", half(text, text.in(0), 0), gate, text.out());
  }

  @Override
  public void backward(SliceText text) {
    boolean first = text.first(0);
    String down = text.down(0);
    String write = first ? "copy_" : "add_";
    String gate = text.local("gate");
    text.line("%s.%s(torch.mul(%s, %s))", half(text, down, 0), write, text.up(), gate);
    text.line(
        "%s.%s(torch.threshold_backward(torch.mul(%s, %s), %s, 0.))",
        half(text, down, 1), write, text.up(), half(text, text.in(0), 0), gate);
  }

  @Override
  public boolean keepsPrecision() {
    return true;
  }

  @Override
  public String onnx(OnnxLayers at) {
    int width = at.output().width();
    String gate = at.apply("Relu", at.slice(at.in(0), -1, width, 2 * width));
    return at.apply("Mul", at.slice(at.in(0), -1, 0, width), gate);
  }
}
