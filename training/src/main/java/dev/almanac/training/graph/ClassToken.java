package dev.almanac.training.graph;

import java.util.ArrayList;
import java.util.List;

/** One learned token before the others of each row. */
record ClassToken() implements Layer {
  @Override
  public void forward(SliceText text) {
    int width = text.output().width();
    text.line(
        "%s.view(r, %s, %s).select(1, 0).copy_(%s)",
        text.out(), text.output().tokens(), width, text.weight(0));
    int at = 1;
    for (int i = 0; i < text.inputs(); i++) {
      text.line(
          "%s.copy_(%s.view(r, %s, %s))",
          part(text, text.out(), at, i), text.in(i), text.input(i).tokens(), width);
      at += text.input(i).tokens();
    }
  }

  private static String part(SliceText text, String name, int at, int i) {
    return "%s.view(r, %s, %s).narrow(1, %s, %s)"
        .formatted(name, text.output().tokens(), text.output().width(), at, text.input(i).tokens());
  }

  @Override
  public void backward(SliceText text) {
    int width = text.output().width();
    text.line(
        "%s.add_(torch.sum(%s.view(r, %s, %s).select(1, 0), [0]))",
        text.slope(0), text.up(), text.output().tokens(), width);
    int at = 1;
    for (int i = 0; i < text.inputs(); i++) {
      if (text.wants(i)) {
        boolean first = text.first(i);
        text.line(
            "%s.view(r, %s, %s).%s(%s)",
            text.down(i),
            text.input(i).tokens(),
            width,
            first ? "copy_" : "add_",
            part(text, text.up(), at, i));
      }
      at += text.input(i).tokens();
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    List<String> parts = new ArrayList<>();
    parts.add(at.everyRow(at.weight(0), at.output().width(), at.in(0)));
    for (int i = 0; i < at.inputs(); i++) {
      parts.add(at.tokens(i));
    }
    return at.concat(1, parts);
  }
}
