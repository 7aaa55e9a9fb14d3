package dev.almanac.benchmarks.prepare;

/**
 * What is to be prepared.
 *
 * @param threads that each contestant may use for the work
 */
record Task(SourceData data, Order order, int threads) {

  String label() {
    return "%s GB, %s, %s order"
        .formatted(data.gigabytes().toPlainString(), data.input().text(), order.text());
  }
}
