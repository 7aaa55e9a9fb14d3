package dev.almanac.training.graph;

/** A function of each number. */
enum Activation implements Layer {
  /** {@code max(x, 0)}. */
  RELU("relu") {
    @Override
    public void forward(SliceText text) {
      if (text.out().equals(text.in(0))) {
        text.line("torch.threshold_(%s, 0., 0.)", text.out());
      } else {
        text.line("torch.threshold(%s, 0., 0., out=%s)", text.in(0), text.out());
      }
    }

    @Override
    String slope(SliceText text) {
      return "torch.threshold_backward(%s, %s, 0.".formatted(text.up(), text.in(0));
    }

    @Override
    public String onnx(OnnxLayers at) {
      return at.apply("Relu", at.in(0));
    }

    /** The output is above 0 where the input is. */
    @Override
    public boolean worksInPlace() {
      return true;
    }
  },
  /** {@code x sigmoid(x)} (Elfwing et al. 2017, arXiv 1702.03118). */
  SILU("silu") {
    @Override
    public void forward(SliceText text) {
      text.line("torch.silu(%s, out=%s)", text.in(0), text.out());
    }

    @Override
    String slope(SliceText text) {
      return "torch.silu_backward(%s, %s".formatted(text.up(), text.in(0));
    }

    @Override
    public String onnx(OnnxLayers at) {
      return at.apply("Mul", at.in(0), at.apply("Sigmoid", at.in(0)));
    }
  },
  /** {@code x} times the normal distribution function (Hendrycks and Gimpel 2016, 1606.08415). */
  GELU("gelu") {
    @Override
    public void forward(SliceText text) {
      text.line("torch.gelu(%s, approximate=\"none\", out=%s)", text.in(0), text.out());
    }

    @Override
    String slope(SliceText text) {
      return "torch.gelu_backward(%s, %s, approximate=\"none\"".formatted(text.up(), text.in(0));
    }

    @Override
    public String onnx(OnnxLayers at) {
      String error = at.apply("Erf", at.apply("Mul", at.in(0), at.number(Math.sqrt(0.5))));
      String share = at.apply("Mul", at.apply("Add", error, at.number(1)), at.number(0.5));
      return at.apply("Mul", at.in(0), share);
    }
  };

  private final String text;

  Activation(String text) {
    this.text = text;
  }

  /** Its name in a config. */
  String text() {
    return text;
  }

  /** The call that gives the input's gradient, its last arguments left open. */
  abstract String slope(SliceText text);

  @Override
  public void backward(SliceText text) {
    String call = slope(text);
    if (text.first(0)) {
      text.line("%s, grad_input=%s)", call, text.up());
      text.hand(0, text.up());
    } else {
      text.give(0, "%s)", call);
    }
  }

  @Override
  public boolean needsOutput() {
    return worksInPlace();
  }

  @Override
  public boolean keepsPrecision() {
    return true;
  }
}
