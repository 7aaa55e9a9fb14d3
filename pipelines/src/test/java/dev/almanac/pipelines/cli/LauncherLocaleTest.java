package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.Launched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's choice of a locale, as it stands in the file: names beyond ASCII need UTF-8. */
class LauncherLocaleTest {
  private static final String BEGIN = "# The JVM reads and shows names";
  private static final String END = "\nesac\n";

  @TempDir Path folder;

  /** The charset in which a JVM that is started behind that choice reads names. */
  private String charset(Map<String, String> locale, String path)
      throws IOException, InterruptedException {
    String launcher = Files.readString(Launched.ROOT.resolve("almanac"));
    String part = launcher.substring(launcher.indexOf(BEGIN));
    part = part.substring(0, part.indexOf(END) + END.length());
    Path script = folder.resolve("part.sh");
    Files.writeString(
        script,
        "set -euo pipefail\n" + part + "exec \"$1\" -XshowSettings:properties -version 2>&1\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/bash",
                script.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().putAll(locale);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.contains("sun.jnu.encoding = "), said);
    return said.replaceFirst("(?s).*sun\\.jnu\\.encoding = (\\S+).*", "$1");
  }

  @Test
  void namesAreReadInUtf8WhateverTheLocale() throws Exception {
    String path = System.getenv("PATH");
    assertEquals("UTF-8", charset(Map.of(), path));
    for (String plain : new String[] {"C", "POSIX", "xx_YY", "de_DE.ISO-8859-1"}) {
      assertEquals("UTF-8", charset(Map.of("LC_ALL", plain), path), plain);
      assertEquals("UTF-8", charset(Map.of("LANG", plain), path), plain);
      assertEquals("UTF-8", charset(Map.of("LC_ALL", "C.UTF-8", "LANG", plain), path), plain);
    }
  }

  @Test
  void withoutTheCommandThatSaysTheLocaleUtf8IsTakenUnasked() throws Exception {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    assertEquals("UTF-8", charset(Map.of("LC_ALL", "C"), bin.toString()));
  }
}
