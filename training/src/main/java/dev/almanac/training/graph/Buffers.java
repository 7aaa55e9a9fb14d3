package dev.almanac.training.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which matrices a script writes into, made once and used for every slice. */
final class Buffers {

  private final List<Script.Size> sizes = new ArrayList<>();
  private final Map<Script.Size, Deque<Integer>> free = new HashMap<>();

  /** A matrix of this size that nothing else uses now. */
  int take(int tokens, int width, boolean half) {
    Script.Size size = new Script.Size(tokens, width, half);
    Deque<Integer> unused = free.get(size);
    if (unused != null && !unused.isEmpty()) {
      return unused.pop();
    }
    sizes.add(size);
    return sizes.size() - 1;
  }

  void give(int buffer) {
    free.computeIfAbsent(sizes.get(buffer), size -> new ArrayDeque<>()).push(buffer);
  }

  List<Script.Size> sizes() {
    return List.copyOf(sizes);
  }
}
