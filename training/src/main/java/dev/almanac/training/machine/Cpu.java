package dev.almanac.training.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The processor.
 *
 * @param model as it names itself; the architecture where it does not say
 * @param cores physical ones; null when the system does not say
 * @param threads that the system runs at once
 * @param flags sets of instructions that change how floating point is computed, such as {@code
 *     avx2}, in alphabetical order
 */
public record Cpu(String model, Integer cores, int threads, List<String> flags) {
  /** Those that PyTorch and its libraries choose their routines by. */
  private static final Set<String> ARITHMETIC =
      Set.of(
          "sse4_1",
          "sse4_2",
          "avx",
          "f16c",
          "fma",
          "avx2",
          "avx_vnni",
          "avx512f",
          "avx512bw",
          "avx512dq",
          "avx512vl",
          "avx512_vnni",
          "avx512_bf16",
          "avx512_fp16",
          "amx_tile",
          "amx_int8",
          "amx_bf16",
          "asimd",
          "asimdhp",
          "asimddp",
          "fphp",
          "fcma",
          "sve",
          "sve2",
          "bf16",
          "svebf16",
          "i8mm");

  public Cpu {
    flags = flags == null ? List.of() : List.copyOf(flags);
  }

  /**
   * The one of a machine.
   *
   * @param root of its file system
   */
  static Cpu of(Path root) {
    Map<String, String> first = new LinkedHashMap<>();
    Set<String> cores = new LinkedHashSet<>();
    int threads = 0;
    String socket = "";
    for (String line : lines(root.resolve("proc/cpuinfo"))) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        continue;
      }
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      first.putIfAbsent(key, value);
      switch (key) {
        case "processor" -> threads++;
        case "physical id" -> socket = value;
        case "core id" -> cores.add(socket + "/" + value);
        default -> {}
      }
    }
    String flags = first.getOrDefault("flags", first.getOrDefault("Features", ""));
    return new Cpu(
        model(first),
        cores.isEmpty() ? null : cores.size(),
        threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
        Arrays.stream(flags.split("\\s+")).filter(ARITHMETIC::contains).sorted().toList());
  }

  private static String model(Map<String, String> first) {
    String named = first.getOrDefault("model name", first.get("Model"));
    if (named != null) {
      return named;
    }
    if (first.containsKey("CPU implementer")) {
      // ARM says by number who made it, and what.
      return "%s implementer %s part %s variant %s"
          .formatted(
              System.getProperty("os.arch"),
              first.get("CPU implementer"),
              first.get("CPU part"),
              first.get("CPU variant"));
    }
    // Windows; macOS tells programs alone.
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows != null ? windows : System.getProperty("os.arch");
  }

  private static List<String> lines(Path file) {
    try {
      return SystemFile.lines(file);
    } catch (IOException elsewhere) {
      return List.of();
    }
  }
}
