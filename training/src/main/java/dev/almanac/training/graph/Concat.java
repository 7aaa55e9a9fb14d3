package dev.almanac.training.graph;

import java.util.stream.IntStream;

/** Puts the numbers of a row beside one another: one token of all inputs' numbers. */
record Concat() implements Layer {
  @Override
  public void forward(SliceText text) {
    int at = 0;
    for (int i = 0; i < text.inputs(); i++) {
      int size = text.input(i).size();
      text.line("%s.narrow(1, %s, %s).copy_(%s)", text.out(), at, size, flat(text, i, text.in(i)));
      at += size;
    }
  }

  private static String flat(SliceText text, int i, String name) {
    return text.input(i).tokens() == 1
        ? name
        : "%s.view(r, %s)".formatted(name, text.input(i).size());
  }

  @Override
  public void backward(SliceText text) {
    int skipped = text.skipped(text.output());
    int at = 0;
    for (int i = 0; i < text.inputs(); i++) {
      Value input = text.input(i);
      if (text.wants(i)) {
        if (input.size() == text.output().size() - skipped
            && input.isHalf() == text.output().isHalf()
            && text.first(i)) {
          String whole = text.local("whole");
          text.line(
              "%s = %s.view(%s, %s)", whole, text.up(), text.rows(input.tokens()), input.width());
          text.hand(i, whole);
        } else {
          String part = "%s.narrow(1, %s, %s)".formatted(text.up(), at - skipped, input.size());
          boolean first = text.first(i);
          text.line("%s.%s(%s)", flat(text, i, text.down(i)), first ? "copy_" : "add_", part);
        }
      }
      at += input.size();
    }
  }

  @Override
  public String onnx(OnnxLayers at) {
    return at.concat(1, IntStream.range(0, at.inputs()).mapToObj(at::flat).toList());
  }
}
