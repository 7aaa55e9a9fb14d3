package dev.almanac.pipelines.config.reference;

import java.util.List;
import java.util.Locale;

/** The reference as a page of Markdown. */
record ReferencePage(ConfigReference reference) {
  private static final int WIDTH = 120;

  private static final String HEAD =
      """
      # The config, key by key

      Made from what reads a config; `almanac help config` shows the same in a terminal. Errors name the line and what
      would do. Why things are as they are: [reading files](docs/reading.md), [features and fit
      steps](transforms/README.md), [training](training/README.md), [runs and searches](docs/runs.md),
      [predictions](docs/predict.md).

      Editors complete and check a config that begins with `# yaml-language-server: $schema=` and the address of
      [config.schema.json](docs/config.schema.json).

      A config that has nearly everything; most need a tenth of it:

      ```yaml
      %s```

      """;

  /** The whole page. */
  String text() {
    StringBuilder page = new StringBuilder(HEAD.formatted(reference.examples().get(0)));
    section("", page);
    return page.toString().stripTrailing() + "\n";
  }

  private void section(String path, StringBuilder page) {
    List<Key> keys = reference.in(path);
    if (!path.isEmpty()) {
      int depth = (int) path.chars().filter(c -> c == '.').count();
      page.append("#".repeat(Math.min(depth + 2, 4))).append(" `").append(path).append("`\n\n");
      wrap(reference.key(path).orElseThrow().meaning(), page);
    }
    if (ConfigReference.sameAs(path).isPresent()) {
      String same = ConfigReference.sameAs(path).get();
      wrap("Its keys are those of %s but for `files`.".formatted(link(same)), page);
      return;
    }
    page.append("| key | is | default | means | such as |\n|---|---|---|---|---|\n");
    for (Key key : keys) {
      for (int i = 0; i < key.variants().size(); i++) {
        row(key, i, page);
      }
    }
    page.append('\n');
    keys.stream()
        .filter(key -> !reference.in(key.path()).isEmpty())
        .forEach(key -> section(key.path(), page));
  }

  private void row(Key key, int variant, StringBuilder page) {
    Variant of = key.variants().get(variant);
    boolean opens = !reference.in(key.path()).isEmpty();
    String when = of.condition(key.path());
    List<String> cells =
        List.of(
            (opens ? link(key.path(), key.name()) : "`%s`".formatted(key.name()))
                + (when.isEmpty() ? "" : "<br>with " + escaped(when)),
            escaped(of.shape().text()),
            of.required() || of.otherwise().isEmpty() ? of.otherwise() : code(of.otherwise()),
            variant > 0 ? "" : escaped(key.meaning()),
            variant > 0 || key.example().isEmpty() ? "" : code(key.example()));
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String link(String path) {
    return link(path, path);
  }

  private static String link(String path, String text) {
    String anchor = path.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_-]", "");
    return "[`%s`](#%s)".formatted(text, anchor);
  }

  private static String code(String yaml) {
    return (yaml.contains("`") ? "`` %s ``" : "`%s`").formatted(yaml.replace("|", "\\|"));
  }

  /** Stars and brackets are what they are. */
  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("[", "\\[").replace("<", "&lt;");
  }

  private static void wrap(String sentence, StringBuilder page) {
    List<String> lines = ReferenceText.wrapped(sentence, "", "", WIDTH);
    page.append(String.join("\n", lines)).append("\n\n");
  }
}
