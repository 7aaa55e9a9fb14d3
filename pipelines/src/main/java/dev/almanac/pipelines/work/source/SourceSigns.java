package dev.almanac.pipelines.work.source;

import dev.almanac.transforms.csv.dialect.DialectSign;
import dev.almanac.transforms.csv.dialect.DialectSigns;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.problem.Notice;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Settings that source files seem to ask for, by the first bytes of some of them: of all files when
 * they are few, else of {@value #LOOKED_AT} spread over them.
 */
public final class SourceSigns {
  private static final int LOOKED_AT = 50;

  private SourceSigns() {}

  /**
   * A notice for each setting, in the order of the files.
   *
   * @param asked names of columns that the config asks for
   * @param isUsed whether a column matters to somebody
   */
  public static List<Notice> in(
      List<StoredFile> files, CsvFormat format, Set<String> asked, Predicate<String> isUsed) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    Map<String, DialectSign> signs = new LinkedHashMap<>();
    for (StoredFile looked : SourceFiles.spread(files, LOOKED_AT)) {
      String file = looked.path();
      for (DialectSign sign : in(file, format, asked)) {
        if (sign.column() == null || isUsed.test(sign.column())) {
          String key = subject(sign);
          signs.putIfAbsent(key, sign);
          places.computeIfAbsent(key, first -> new ArrayList<>()).add(file);
        }
      }
    }
    return signs.entrySet().stream()
        .map(
            sign ->
                new Notice(
                    Notice.Kind.HINT,
                    sign.getKey(),
                    places.get(sign.getKey()).size(),
                    sign.getValue().toString(),
                    places.get(sign.getKey())))
        .toList();
  }

  /** What is to be said once. */
  private static String subject(DialectSign sign) {
    if (sign.setting() == null) {
      return sign.sign();
    }
    return sign.column() == null
        ? sign.setting()
        : "%s %s".formatted(sign.setting(), sign.column());
  }

  /** Of one that is no CSV or cannot be read, none: whoever reads it whole says why. */
  private static List<DialectSign> in(String file, CsvFormat format, Set<String> asked) {
    try {
      return DialectSigns.in(Storage.open(file), file, format, asked);
    } catch (IOException e) {
      return List.of();
    }
  }
}
