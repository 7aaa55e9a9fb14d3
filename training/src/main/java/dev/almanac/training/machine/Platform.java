package dev.almanac.training.machine;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * What surrounds a process that is no hardware.
 *
 * @param container what it seems to run in, such as {@code kubernetes} or {@code docker}; null when
 *     nothing hints at one
 * @param locale as a language tag
 * @param charset of files and names where nothing else is said
 */
public record Platform(
    String os, String host, String container, String locale, String timeZone, String charset) {
  /**
   * @param host the machine's name
   */
  static Platform here(String host) {
    return new Platform(
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        host,
        container(Path.of("/"), System.getenv("KUBERNETES_SERVICE_HOST") != null),
        Locale.getDefault().toLanguageTag(),
        ZoneId.systemDefault().getId(),
        Charset.defaultCharset().name());
  }

  static String container(Path root, boolean kubernetes) {
    if (kubernetes) {
      return "kubernetes";
    }
    if (Files.exists(root.resolve(".dockerenv"))) {
      return "docker";
    }
    if (Files.exists(root.resolve("run/.containerenv"))) {
      return "podman";
    }
    try {
      String groups = String.join("\n", SystemFile.lines(root.resolve("proc/1/cgroup")));
      for (String hint : List.of("kubepods", "docker", "containerd", "lxc", "garden")) {
        if (groups.contains(hint)) {
          return hint.equals("kubepods") ? "kubernetes" : hint;
        }
      }
    } catch (java.io.IOException elsewhere) {
      // No Linux, so no such container.
    }
    return null;
  }
}
