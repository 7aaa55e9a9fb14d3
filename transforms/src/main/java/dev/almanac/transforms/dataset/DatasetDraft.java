package dev.almanac.transforms.dataset;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.manifest.DatasetColumns;
import dev.almanac.transforms.manifest.DatasetManifest;
import dev.almanac.transforms.manifest.SideFile;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * All that {@code dataset.json} will say but the parquet files, known once the source was read.
 *
 * @param kept files that are hashed already
 */
record DatasetDraft(
    String transformHash,
    DatasetColumns columns,
    int rowGroupRows,
    DatasetManifest.Source source,
    List<SideFile> kept) {

  void write(Staging staging) throws IOException {
    Storage.writeText(staging.plan(), Json.pretty(this));
  }

  static DatasetDraft read(Staging staging) throws IOException {
    return Json.read(Storage.readText(staging.plan()), DatasetDraft.class, staging.plan());
  }
}
