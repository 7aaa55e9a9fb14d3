package dev.almanac.training.run;

import dev.almanac.training.machine.Hardware;
import dev.almanac.training.machine.Jvm;
import dev.almanac.training.machine.NativeLibraries;
import dev.almanac.training.machine.Platform;
import java.util.Map;

/**
 * What did the work.
 *
 * @param device such as {@code cpu}
 * @param threads PyTorch's threads within an operation
 * @param environment the variables that the config names, of those that were set
 */
public record RunMachine(
    String device,
    int threads,
    Versions versions,
    Jvm jvm,
    NativeLibraries nativeLibraries,
    Hardware hardware,
    Platform platform,
    Map<String, String> environment) {
  public RunMachine {
    environment = RunRecord.ordered(environment);
  }

  /** The programs that did it; the code of the first is in the {@link RunCode}. */
  public record Versions(String almanac, String java, String djl, String pytorch, String os) {}
}
