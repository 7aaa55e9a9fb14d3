package dev.almanac.training.machine;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The Java that runs.
 *
 * @param name such as {@code OpenJDK 64-Bit Server VM}
 * @param flags it was started with; the values of those that are called a password, token, key or
 *     secret are left out
 * @param heapBytes that it may take at most
 */
public record Jvm(String name, String vendor, String version, List<String> flags, long heapBytes) {
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(-D[^=]*(?:password|passwd|secret|token|credential|key)[^=]*=).*", Pattern.DOTALL);

  public Jvm {
    flags = flags == null ? List.of() : List.copyOf(flags);
  }

  static Jvm here() {
    return new Jvm(
        System.getProperty("java.vm.name"),
        System.getProperty("java.vendor"),
        Runtime.version().toString(),
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().map(Jvm::plain).toList(),
        Runtime.getRuntime().maxMemory());
  }

  static String plain(String flag) {
    return SECRET.matcher(flag).replaceFirst("$1***");
  }
}
