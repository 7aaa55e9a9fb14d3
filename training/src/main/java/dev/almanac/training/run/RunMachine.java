package dev.almanac.training.run;

/**
 * What did the work.
 *
 * @param device such as {@code cpu}
 * @param threads PyTorch's threads within an operation
 */
public record RunMachine(String device, int threads, Versions versions) {
  /** The programs that did it. */
  public record Versions(
      String almanac, String gitCommit, String java, String djl, String pytorch, String os) {}
}
