package dev.almanac.training.graph;

import java.util.List;

/**
 * A graph as a method of a TorchScript program: its text, and the matrices that it wants.
 *
 * <ul>
 *   <li>For training, {@code gradient(numeric, categories, labels, p, g, b, c, seen, slice, alone,
 *       scale, first)}: adds {@code scale} times the gradient of the summed loss to {@code g},
 *       which begins anew when {@code first}; {@code alone} says that one thread works; puts the
 *       summed loss and the squared length of {@code g} into {@code seen}.
 *   <li>For scoring, {@code outputs(numeric, categories, p, b, c, slice, n)}: gives {@code [n,
 *       outputs]}.
 * </ul>
 *
 * The backward pass is written out: no graph is recorded, buffers are made once, and a batch is
 * worked through in slices that fit the processor's cache. Lists {@code p} and {@code g} hold the
 * vector, then its parts; {@code c} ones, the first row of each nominal column, class weights.
 *
 * @param text the method, indented by two
 * @param buffers what it gets as {@code b}
 * @param wholeBatches whether a slice has to be the whole batch, since its rows act on one another
 * @param classWeights what it gets as {@code c[2]}
 */
public record Script(String text, List<Size> buffers, boolean wholeBatches, float[] classWeights) {

  /** A matrix {@code [slice rows * tokens, width]}, of bfloat16 or not. */
  public record Size(int tokens, int width, boolean half) {}

  /** The script that trains a graph with this loss. */
  public static Script training(Graph graph, Loss loss, Precision precision) {
    Buffers buffers = new Buffers();
    boolean mixed = precision == Precision.BFLOAT16;
    String text = gradient(mixed ? MixedPrecision.of(graph) : graph, loss, buffers);
    return new Script(text, buffers.sizes(), graph.mixesRows(), loss.classWeights());
  }

  /** The script that gives a graph's outputs. */
  public static Script scoring(Graph graph) {
    Buffers buffers = new Buffers();
    String text = outputs(graph, buffers);
    return new Script(text, buffers.sizes(), false, new float[0]);
  }

  private static String gradient(Graph graph, Loss loss, Buffers buffers) {
    SliceText forward = new SliceText(graph, buffers, true);
    String output = forward.forward();
    forward.line("o = %s", output);
    int members = graph.output().tokens();
    forward.line("y = labels.narrow(0, at, r)%s", members == 1 ? "" : once(members));
    loss.text().lines().forEach(line -> forward.line("%s", line));
    forward.line("o.mul_(scale%s)", members == 1 ? "" : " / " + members);
    forward.backward("o");
    return """
          def gradient(self: __torch__.Program, numeric: Tensor, categories: Tensor, labels: Tensor, p: List[Tensor], g: List[Tensor], b: List[Tensor], c: List[Tensor], seen: Tensor, slice: int, alone: bool, scale: float, first: bool) -> Tensor:
            if first:
              g[0].zero_()
            seen.zero_()
            total = seen.select(0, 0)
            n = labels.size(0)
            at = 0
        """
        + forward.halves()
        + """
            while at < n:
              r = min(slice, n - at)
        """
        + inputs(graph)
        + forward
        + """
              at = at + r
        """
        + (members == 1 ? "" : "    total.div_(%s)\n".formatted(members))
        + """
            seen.select(0, 1).copy_(torch.dot(g[0], g[0]))
            return seen
        """;
  }

  /** A row's label once for each member. */
  private static String once(int members) {
    return ".unsqueeze(1).expand([-1, %s]).reshape([-1])".formatted(members);
  }

  private static String outputs(Graph graph, Buffers buffers) {
    SliceText forward = new SliceText(graph, buffers, false);
    String output = forward.forward();
    int members = graph.output().tokens();
    forward.line(
        "made.narrow(0, at, r).copy_(%s)",
        members == 1
            ? output
            : "torch.mean(%s.view(r, %s, %s), [1])"
                .formatted(output, members, graph.output().width()));
    return """
          def outputs(self: __torch__.Program, numeric: Tensor, categories: Tensor, p: List[Tensor], b: List[Tensor], c: List[Tensor], slice: int, n: int) -> Tensor:
            made = torch.empty([n, %s], dtype=p[0].dtype, device=p[0].device)
            at = 0
            while at < n:
              r = min(slice, n - at)
        """
            .formatted(graph.output().width())
        + inputs(graph)
        + forward
        + """
              at = at + r
            return made
        """;
  }

  private static String inputs(Graph graph) {
    boolean numeric = graph.nodes().stream().anyMatch(node -> node.layer() instanceof Input);
    return (numeric ? "      x = numeric.narrow(0, at, r)\n" : "")
        + (graph.table() == null
            ? ""
            : "      idx = torch.add(categories.narrow(0, at, r), c[1]).view(-1)\n");
  }
}
