package dev.almanac.training.graph;

import java.util.List;

/**
 * Sines and cosines of each numeric feature at learned frequencies: {@code sin(2 pi c x), cos(2 pi
 * c x)}, a token a feature (Gorishniy et al. 2022, "On Embeddings for Numerical Features in Tabular
 * Deep Learning", arXiv 2203.05556).
 */
record Periodic() implements Layer {
  private static final double TURN = 2 * Math.PI;

  private static String cut(SliceText text, String name, int part) {
    int frequencies = text.output().width() / 2;
    return "%s.view(r, %s, %s).narrow(2, %s, %s)"
        .formatted(name, text.output().tokens(), 2 * frequencies, part * frequencies, frequencies);
  }

  @Override
  public void forward(SliceText text) {
    String angle = text.local("angle");
    text.line(
        "%s = torch.mul(%s.unsqueeze(2), %s).mul_(%s)", angle, text.in(0), text.weight(0), TURN);
    text.line("%s.copy_(torch.sin(%s))", cut(text, text.out(), 0), angle);
    text.line("%s.copy_(torch.cos(%s))", cut(text, text.out(), 1), angle);
  }

  @Override
  public void backward(SliceText text) {
    String sine = cut(text, text.out(), 0);
    String cosine = cut(text, text.out(), 1);
    String turned = text.local("turned");
    text.line("%s = torch.mul(%s, %s)", turned, cut(text, text.up(), 0), cosine);
    text.line("%s.addcmul_(%s, %s, value=-1)", turned, cut(text, text.up(), 1), sine);
    text.line("%s.mul_(%s.unsqueeze(2))", turned, text.in(0));
    text.line("%s.add_(torch.sum(%s, [0]), alpha=%s)", text.slope(0), turned, TURN);
  }

  @Override
  public boolean needsOutput() {
    return true;
  }

  @Override
  public String onnx(OnnxLayers at) {
    String angle = at.apply("Mul", at.apply("Mul", at.column(0), at.weight(0)), at.number(TURN));
    return at.made(at.concat(2, List.of(at.apply("Sin", angle), at.apply("Cos", angle))));
  }
}
