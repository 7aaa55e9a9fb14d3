package dev.almanac.training.graph;

import dev.almanac.training.onnx.OnnxAttribute;
import java.util.List;

/**
 * Multi-head attention among the tokens of a row: {@code softmax(q k^T / sqrt(d)) v} in each head,
 * d numbers wide (Vaswani et al. 2017, arXiv 1706.03762). Inputs: queries, keys, values.
 */
record Attention(int heads) implements Layer {
  /** {@code [r * heads, tokens, d]}. */
  private String split(SliceText text, String name) {
    int width = text.output().width() / heads;
    int tokens = text.output().tokens();
    return "%s.view(r, %s, %s, %s).permute([0, 2, 1, 3]).reshape(r * %s, %s, %s)"
        .formatted(name, tokens, heads, width, heads, tokens, width);
  }

  /** {@code [r, tokens, heads, d]} out of what {@link #split} makes. */
  private String joined(SliceText text, String name) {
    int width = text.output().width() / heads;
    return "%s.view(r, %s, %s, %s).permute([0, 2, 1, 3])"
        .formatted(name, heads, text.output().tokens(), width);
  }

  private String parts(SliceText text, String name) {
    return "%s.view(r, %s, %s, %s)"
        .formatted(name, text.output().tokens(), heads, text.output().width() / heads);
  }

  private double scale(SliceText text) {
    return 1 / Math.sqrt((double) text.output().width() / heads);
  }

  @Override
  public void forward(SliceText text) {
    String[] names = {text.local("query"), text.local("key"), text.local("value")};
    for (int i = 0; i < 3; i++) {
      text.line("%s = %s", names[i], split(text, text.in(i)));
    }
    String share = text.local("share");
    text.line(
        "%s = torch.softmax(torch.bmm(%s, %s.transpose(1, 2)).mul_(%s), -1)",
        share, names[0], names[1], scale(text));
    text.line(
        "%s.copy_(%s)",
        parts(text, text.out()), joined(text, "torch.bmm(%s, %s)".formatted(share, names[2])));
  }

  @Override
  public void backward(SliceText text) {
    String share = text.local("share");
    String up = text.local("up");
    text.line("%s = %s", up, split(text, text.up()));
    String logit = text.local("logit");
    text.line(
        "%s = torch.bmm(%s, %s.transpose(1, 2)).mul_(%s)", logit, up, text.local("value"), share);
    text.line(
        "%s.sub_(torch.mul(%s, torch.sum(%s, [-1], True))).mul_(%s)",
        logit, share, logit, scale(text));
    String[] slopes = {
      "torch.bmm(%s, %s)".formatted(logit, text.local("key")),
      "torch.bmm(%s.transpose(1, 2), %s)".formatted(logit, text.local("query")),
      "torch.bmm(%s.transpose(1, 2), %s)".formatted(share, up)
    };
    for (int i = 0; i < 3; i++) {
      if (text.wants(i)) {
        boolean first = text.first(i);
        text.line(
            "%s.%s(%s)",
            parts(text, text.down(i)), first ? "copy_" : "add_", joined(text, slopes[i]));
      }
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    int tokens = at.output().tokens();
    int width = at.output().width() / heads;
    String[] parts = new String[3];
    for (int i = 0; i < parts.length; i++) {
      // Keys stand upright: [rows, heads, d, tokens]; the others are [rows, heads, tokens, d].
      String split = at.reshape(at.tokens(i), tokens, heads, width);
      parts[i] = i == 1 ? at.transpose(split, 0, 2, 3, 1) : at.transpose(split, 0, 2, 1, 3);
    }
    String logits =
        at.apply(
            "Mul",
            at.apply("MatMul", parts[0], parts[1]),
            at.number(1 / Math.sqrt((double) width)));
    String share = at.apply("Softmax", List.of(logits), OnnxAttribute.of("axis", -1));
    String mixed = at.transpose(at.apply("MatMul", share, parts[2]), 0, 2, 1, 3);
    return at.made(at.reshape(mixed, tokens, heads * width));
  }
}
