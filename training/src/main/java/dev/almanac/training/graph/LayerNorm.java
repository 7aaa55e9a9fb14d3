package dev.almanac.training.graph;

import dev.almanac.training.onnx.OnnxAttribute;
import java.util.List;

/**
 * Each token's numbers to mean 0 and variance 1, then scaled and shifted (Ba et al. 2016, arXiv
 * 1607.06450).
 */
record LayerNorm() implements Layer {
  private static final double EPSILON = 1e-5;

  @Override
  public void forward(SliceText text) {
    String made = text.local("normed");
    text.line(
        "%s, %s, %s = torch.native_layer_norm(%s, [%d], %s, %s, %s)",
        made,
        text.local("mean"),
        text.local("scale"),
        text.in(0),
        text.output().width(),
        text.weight(0),
        text.weight(1),
        EPSILON);
    text.out(made);
  }

  @Override
  public void backward(SliceText text) {
    String down = text.local("down");
    String scale = text.local("slope");
    String shift = text.local("shift");
    text.line(
        "%s, %s, %s = torch.native_layer_norm_backward(%s, %s, [%d], %s, %s, %s, %s, [True, True, True])",
        down,
        scale,
        shift,
        text.up(),
        text.in(0),
        text.output().width(),
        text.local("mean"),
        text.local("scale"),
        text.weight(0),
        text.weight(1));
    text.line("%s.add_(%s)", text.slope(0), scale);
    text.line("%s.add_(%s)", text.slope(1), shift);
    if (text.wants(0)) {
      text.give(0, "%s", down);
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.apply(
        "LayerNormalization",
        List.of(at.in(0), at.weight(0), at.weight(1)),
        OnnxAttribute.of("axis", -1),
        OnnxAttribute.of("epsilon", (float) EPSILON));
  }
}
