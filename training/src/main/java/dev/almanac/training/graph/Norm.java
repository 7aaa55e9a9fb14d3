package dev.almanac.training.graph;

/** What layers that scale and shift normed numbers have in common. */
final class Norm {
  /** Added to a variance before its root is taken; PyTorch's. */
  static final double EPSILON = 1e-5;

  private Norm() {}

  /**
   * Hands on what PyTorch's backward function gives: the input's gradient, the scale's, the
   * shift's.
   *
   * @param call of that function
   */
  static void backward(SliceText text, String call) {
    String down = text.local("down");
    String scale = text.local("slope");
    String shift = text.local("shift");
    text.line("%s, %s, %s = %s", down, scale, shift, call);
    text.line("%s.add_(%s)", text.slope(0), scale);
    text.line("%s.add_(%s)", text.slope(1), shift);
    if (text.wants(0)) {
      text.give(0, "%s", down);
    }
  }
}
