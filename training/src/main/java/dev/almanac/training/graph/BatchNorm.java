package dev.almanac.training.graph;

import dev.almanac.training.onnx.OnnxAttribute;
import java.util.List;

/**
 * Each column to mean 0 and variance 1 over the batch, then scaled and shifted (Ioffe and Szegedy
 * 2015, arXiv 1502.03167).
 *
 * <p>Predicting uses running means and variances, which move a tenth of the way to a batch's. A
 * batch of one row has no variance: it trains with the running ones and leaves them alone.
 */
record BatchNorm() implements Layer {
  private static final double MOMENTUM = 0.1;

  @Override
  public void forward(SliceText text) {
    String made = text.local("normed");
    if (text.training()) {
      text.line("%s = r > 1", text.local("many"));
    }
    text.line(
        "%s, %s, %s = torch.native_batch_norm(%s, %s, %s, %s, %s, %s, %s, %s)",
        made,
        text.local("mean"),
        text.local("scale"),
        text.in(0),
        text.weight(0),
        text.weight(1),
        text.weight(2),
        text.weight(3),
        text.training() ? text.local("many") : "False",
        MOMENTUM,
        Norm.EPSILON);
    text.out(made);
  }

  @Override
  public void backward(SliceText text) {
    Norm.backward(
        text,
        "torch.native_batch_norm_backward(%s, %s, %s, %s, %s, %s, %s, %s, %s, [True, True, True])"
            .formatted(
                text.up(),
                text.in(0),
                text.weight(0),
                text.weight(2),
                text.weight(3),
                text.local("mean"),
                text.local("scale"),
                text.local("many"),
                Norm.EPSILON));
  }

  @Override
  public boolean mixesRows() {
    return true;
  }

  @Override
  public String onnx(OnnxLayers at) {
    // The numbers that are normed stand second there.
    boolean turns = at.output().tokens() > 1;
    String x = turns ? at.transpose(at.in(0), 0, 2, 1) : at.in(0);
    String normed =
        at.apply(
            "BatchNormalization",
            List.of(x, at.weight(0), at.weight(1), at.weight(2), at.weight(3)),
            OnnxAttribute.of("epsilon", (float) Norm.EPSILON));
    return turns ? at.transpose(normed, 0, 2, 1) : normed;
  }
}
