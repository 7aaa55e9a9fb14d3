package dev.almanac.transforms.dataset.verify;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.SealedJson;
import dev.almanac.transforms.manifest.DatasetFile;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.RowCounts;
import dev.almanac.transforms.manifest.SourceLedger;
import dev.almanac.transforms.split.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Whether a {@code dataset.json} is as it was written and agrees with itself.
 *
 * @param manifest null when it cannot be read at all
 */
record ManifestCheck(DatasetManifest manifest) {
  /**
   * Checks a text.
   *
   * @param differences takes each thing that is wrong with it
   */
  static ManifestCheck of(String text, Consumer<String> differences) {
    SealedJson sealed = SealedJson.of(text.getBytes(StandardCharsets.UTF_8));
    DatasetManifest manifest;
    try {
      int version = Json.tree(text, DatasetManifest.FILE).path("format-version").asInt();
      if (version != DatasetManifest.FORMAT_VERSION) {
        differences.accept(
            "this Almanac reads format-version %s (%s found)"
                .formatted(DatasetManifest.FORMAT_VERSION, version));
        return new ManifestCheck(null);
      }
      manifest = DatasetManifest.of(sealed, DatasetManifest.FILE);
    } catch (IOException unreadable) {
      differences.accept(unreadable.getMessage());
      return new ManifestCheck(null);
    }
    written(manifest, sealed, differences);
    rows(manifest, differences);
    ledger(manifest, differences);
    return new ManifestCheck(manifest);
  }

  private static void written(
      DatasetManifest manifest, SealedJson sealed, Consumer<String> differences) {
    DatasetManifest hashed = manifest.hashed();
    if (!hashed.hash().equals(manifest.hash())) {
      differences.accept(
          "it was edited: its content's hash is %s (hashes.content %s in it)"
              .formatted(hashed.hash(), manifest.hash()));
    } else if (sealed.problem() != null) {
      differences.accept(sealed.problem());
    }
  }

  private static void rows(DatasetManifest manifest, Consumer<String> differences) {
    for (Split split : Split.values()) {
      for (DatasetFile file : manifest.files(split)) {
        long sum = file.rowGroups().stream().mapToLong(Long::longValue).sum();
        if (sum != file.rows()) {
          differences.accept(
              "rows of %s do not add up: its row groups have %s (%s)"
                  .formatted(file.path(), sum, file.rows()));
        }
      }
    }
    sizes(manifest, differences);
    RowCounts totals = manifest.totals();
    rows(manifest, Split.TRAIN, totals.train(), differences);
    rows(manifest, Split.VALIDATION, totals.validation(), differences);
    rows(manifest, Split.TEST, totals.test(), differences);
    long reasons =
        manifest.source().rejects().reasons().stream()
            .mapToLong(DatasetManifest.ReasonCount::rows)
            .sum();
    if (manifest.source().rejects().rows() != totals.rejected() || reasons != totals.rejected()) {
      differences.accept(
          "rejected rows do not add up: source.rejects.rows is %s, source.rejects.reasons sum to %s (source.totals.rejected %s)"
              .formatted(manifest.source().rejects().rows(), reasons, totals.rejected()));
    }
  }

  private static void rows(
      DatasetManifest manifest, Split split, long total, Consumer<String> differences) {
    if (manifest.rows(split) != total) {
      differences.accept(
          "rows of %s do not add up: its files have %s (source.totals.%s %s)"
              .formatted(split, manifest.rows(split), split, total));
    }
  }

  private static void sizes(DatasetManifest manifest, Consumer<String> differences) {
    long most = manifest.parquet().rowGroupRows();
    for (Split split : Split.values()) {
      for (DatasetFile file : manifest.files(split)) {
        List<Long> groups = file.rowGroups();
        for (int i = 0; i < groups.size(); i++) {
          boolean last = i == groups.size() - 1;
          if (last ? groups.get(i) > most : groups.get(i) != most) {
            differences.accept(
                "row group %s of %s has %s rows: each but the last must have %s, and the last no more"
                    .formatted(i, file.path(), groups.get(i), most));
          }
        }
      }
    }
  }

  private static void ledger(DatasetManifest manifest, Consumer<String> differences) {
    RowCounts sum = RowCounts.NONE;
    for (SourceLedger file : manifest.source().files()) {
      if (!file.rows().balances()) {
        differences.accept("the ledger of %s does not balance: %s".formatted(file.path(), file));
      }
      sum = sum.plus(file.rows());
    }
    if (!sum.equals(manifest.totals())) {
      differences.accept(
          "the ledger does not add up: the source files sum to %s (%s)"
              .formatted(sum, manifest.totals()));
    }
  }
}
