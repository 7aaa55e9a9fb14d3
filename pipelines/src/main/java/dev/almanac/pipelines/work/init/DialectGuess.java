package dev.almanac.pipelines.work.init;

import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.transforms.csv.dialect.DialectSign;
import dev.almanac.transforms.csv.dialect.DialectSigns;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How some source files seem to be written, by the signs at their beginnings: a sign that most of
 * them show is followed.
 *
 * @param settings of {@code source:}, key to value in YAML, each with its reason
 * @param format what the settings come to
 * @param odd files that seem to be written otherwise than most, with the reason
 */
record DialectGuess(Map<String, Setting> settings, CsvFormat format, Map<String, String> odd) {
  /** Of files that have no dialect. */
  static final DialectGuess NONE = new DialectGuess(Map.of(), CsvFormat.standard(), Map.of());

  private static final int MOST_ROUNDS = 8;
  private static final String HEADER = "header";

  /** A setting's value in YAML, and the sign that asks for it. */
  record Setting(String value, String reason) {}

  static DialectGuess of(List<StoredFile> files) throws IOException {
    Map<String, Setting> settings = new LinkedHashMap<>();
    Map<String, String> odd = new TreeMap<>();
    CsvFormat format = CsvFormat.standard();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Map<String, List<String>> shown = new LinkedHashMap<>();
      Map<String, DialectSign> signs = new LinkedHashMap<>();
      for (StoredFile file : files) {
        for (DialectSign sign :
            DialectSigns.in(Storage.open(file.path()), file.path(), format, Set.of())) {
          if (sign.setting() != null) {
            signs.putIfAbsent(sign.setting(), sign);
            shown.computeIfAbsent(sign.setting(), first -> new ArrayList<>()).add(file.path());
          }
        }
      }
      Map<String, Setting> more = new LinkedHashMap<>();
      for (Map.Entry<String, List<String>> sign : shown.entrySet()) {
        Map<String, String> asked = settings(sign.getKey());
        if (2 * new TreeSet<>(sign.getValue()).size() > files.size()) {
          asked.forEach(
              (key, value) -> more.put(key, new Setting(value, signs.get(sign.getKey()).sign())));
        } else if (asked.containsKey(HEADER)) {
          sign.getValue().forEach(file -> odd.put(file, signs.get(sign.getKey()).sign()));
        }
      }
      if (settings.keySet().containsAll(more.keySet())) {
        break;
      }
      more.forEach(settings::putIfAbsent);
      format = format(settings);
    }
    return new DialectGuess(settings, format, odd);
  }

  /** What a sign's words set; a choice that only a person can make is taken where it reads most. */
  private static Map<String, String> settings(String words) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (words.startsWith(HEADER + ":")) {
      settings.put(HEADER, "none");
      return settings;
    }
    for (String setting : words.split(" and (?=[a-z-]+: )")) {
      int colon = setting.indexOf(": ");
      settings.put(setting.substring(0, colon), setting.substring(colon + 2));
    }
    return settings;
  }

  /** The format that settings in YAML come to. */
  static CsvFormat format(Map<String, Setting> settings) throws IOException {
    StringBuilder yaml = new StringBuilder("source:\n  files: [a.csv]\n");
    settings.forEach((key, setting) -> yaml.append("  %s: %s\n".formatted(key, setting.value())));
    try {
      return ConfigReader.parse("init.yaml", yaml.toString(), Set.of(Part.SOURCE))
          .source()
          .format();
    } catch (ConfigException e) {
      throw new IllegalStateException("Cannot follow the signs of a file", e);
    }
  }
}
