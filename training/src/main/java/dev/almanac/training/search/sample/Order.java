package dev.almanac.training.search.sample;

/**
 * Puts places into order without a box for each.
 *
 * <p>NumPy's quicksort, step by step (Singleton's median of three, insertion below 17), since which
 * of equal places comes first decides which of their kernels is wide, and numbers shall be
 * Optuna's.
 */
final class Order {
  private static final int SHORT = 16;

  private final double[] values;
  private final int[] order;

  private Order(double[] values, int count) {
    this.values = values;
    this.order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
  }

  /** The places of the first {@code count} values, the least value first. */
  static int[] ascending(double[] values, int count) {
    Order sorted = new Order(values, count);
    sorted.sort(0, count - 1);
    return sorted.order;
  }

  private void sort(int first, int last) {
    int low = first;
    int high = last;
    while (high - low > SHORT) {
      int middle = part(low, high);
      if (middle - low < high - middle) {
        sort(low, middle - 1);
        low = middle + 1;
      } else {
        sort(middle + 1, high);
        high = middle - 1;
      }
    }
    for (int i = low + 1; i <= high; i++) {
      int moving = order[i];
      int to = i;
      while (to > low && values[moving] < values[order[to - 1]]) {
        order[to] = order[to - 1];
        to--;
      }
      order[to] = moving;
    }
  }

  /** Puts what is less than the median of three before it, and what is more behind; its place. */
  private int part(int low, int high) {
    int middle = low + (high - low) / 2;
    swapIfLess(middle, low);
    swapIfLess(high, middle);
    swapIfLess(middle, low);
    double pivot = values[order[middle]];
    int left = low;
    int right = high - 1;
    swap(middle, right);
    while (true) {
      do {
        left++;
      } while (values[order[left]] < pivot);
      do {
        right--;
      } while (pivot < values[order[right]]);
      if (left >= right) {
        swap(left, high - 1);
        return left;
      }
      swap(left, right);
    }
  }

  private void swapIfLess(int one, int other) {
    if (values[order[one]] < values[order[other]]) {
      swap(one, other);
    }
  }

  private void swap(int one, int other) {
    int kept = order[one];
    order[one] = order[other];
    order[other] = kept;
  }
}
