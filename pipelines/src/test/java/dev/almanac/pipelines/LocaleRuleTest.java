package dev.almanac.pipelines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No text that the program makes depends on the machine's locale: {@code %d} of {@code formatted}
 * writes Arabic digits under {@code ar-EG}, and a file of that name is another file.
 *
 * <p>Integers are formatted by {@code %s}, which knows no locale; what needs a width, a sign,
 * groups or a fraction goes through {@code String.format(Locale.ROOT, ...)}.
 */
class LocaleRuleTest {
  private static final List<String> MODULES =
      List.of("transforms", "training", "pipelines", "runners-config");

  /** A string, a text block, a character or a comment. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"\"\"(?:[^\\\\]|\\\\.)*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)+'"
              + "|//[^\n]*+|/\\*.*?\\*/",
          Pattern.DOTALL);

  private static final Pattern NUMBER =
      Pattern.compile("%(?:\\d+\\$)?[-#+0,(]*\\d*(?:\\.\\d+)?[dfeEgG](?![a-zA-Z])");

  /** Calls whose result depends on the locale when it is not named. */
  private static final Pattern CALL =
      Pattern.compile(
          "\\.to(?:Lower|Upper)Case\\(\\)|String\\.format\\((?!\\s*Locale\\.ROOT)"
              + "|new DecimalFormat\\(|NumberFormat\\.get\\w*\\(\\)|\\.printf\\((?!\\s*Locale\\.ROOT)"
              + "|ofPattern\\(\\s*\"*\\s*\\)|ofLocalized\\w+\\(");

  @Test
  void numbersAreFormattedWithoutTheLocale() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources()) {
      found.addAll(inSource(file.toString(), Files.readString(file)));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void theRuleFindsWhatItIsFor() {
    assertEquals(1, inSource("a", "String a = \"%d rows\".formatted(n);").size());
    assertEquals(1, inSource("a", "a = (\"x\" + \"%,.2f\").formatted(n);").size());
    assertEquals(1, inSource("a", "a = b.toLowerCase();").size());
    assertEquals(1, inSource("a", "a = String.format(\"%s\", b);").size());
    assertEquals(List.of(), inSource("a", "a = String.format(Locale.ROOT, \"%,d\", n);"));
    assertEquals(List.of(), inSource("a", "a = \"%s, 5 %%\".formatted(n); // \"%d\""));
  }

  private static List<String> inSource(String name, String source) {
    List<String> found = new ArrayList<>();
    StringBuilder code = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    int end = 0;
    while (token.find()) {
      code.append(source, end, token.start());
      end = token.end();
      String text = token.group();
      if (text.startsWith("\"") && NUMBER.matcher(text.replace("%%", "")).find()) {
        String statement = code.substring(statementStart(code));
        if (!statement.contains("Locale.ROOT")) {
          found.add("%s: %s".formatted(name, text));
        }
      }
      code.append(text.startsWith("/") ? " " : "\"\"");
    }
    code.append(source.substring(end));
    Matcher call = CALL.matcher(code);
    while (call.find()) {
      found.add("%s: %s".formatted(name, call.group()));
    }
    return found;
  }

  private static int statementStart(StringBuilder code) {
    int at = code.length() - 1;
    while (at >= 0 && ";{}".indexOf(code.charAt(at)) < 0) {
      at--;
    }
    return at + 1;
  }

  private static List<Path> sources() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String module : MODULES) {
      try (Stream<Path> paths = Files.walk(Launched.ROOT.resolve(module))) {
        paths
            .filter(path -> path.toString().contains("src/main/java"))
            .filter(path -> path.toString().endsWith(".java"))
            .forEach(files::add);
      }
    }
    assertTrue(files.size() > 100, "sources were found");
    return files;
  }
}
