package dev.almanac.training.graph;

import dev.almanac.training.onnx.OnnxAttribute;
import java.util.List;

/**
 * Each token's numbers to mean 0 and variance 1, then scaled and shifted (Ba et al. 2016, arXiv
 * 1607.06450).
 */
record LayerNorm() implements Layer {

  @Override
  public void forward(SliceText text) {
    String made = text.local("normed");
    text.line(
        "%s, %s, %s = torch.native_layer_norm(%s, [%s], %s, %s, %s)",
        made,
        text.local("mean"),
        text.local("scale"),
        text.in(0),
        text.output().width(),
        text.weight(0),
        text.weight(1),
        Norm.EPSILON);
    text.out(made);
  }

  @Override
  public void backward(SliceText text) {
    Norm.backward(
        text,
        "torch.native_layer_norm_backward(%s, %s, [%s], %s, %s, %s, %s, [True, True, True])"
            .formatted(
                text.up(),
                text.in(0),
                text.output().width(),
                text.local("mean"),
                text.local("scale"),
                text.weight(0),
                text.weight(1)));
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.apply(
        "LayerNormalization",
        List.of(at.in(0), at.weight(0), at.weight(1)),
        OnnxAttribute.of("axis", -1),
        OnnxAttribute.of("epsilon", (float) Norm.EPSILON));
  }
}
