package dev.almanac.pipelines.work.prepare;

import dev.almanac.pipelines.work.Watch;
import dev.almanac.pipelines.work.Work;
import dev.almanac.transforms.dataset.verify.DatasetVerification;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Checks that a dataset is, to the byte, what was written.
 *
 * @param dataset its folder, or a folder of datasets, of which the newest is taken
 */
public record VerifyDataset(String dataset) implements Work<DatasetVerification.Outcome> {
  @Override
  public DatasetVerification.Outcome run(Watch watch) throws IOException {
    String folder = Dataset.locate(dataset);
    long total = Storage.below(folder).stream().mapToLong(StoredFile::bytes).sum();
    AtomicLong done = new AtomicLong();
    return DatasetVerification.of(
        folder,
        read -> {
          watch.check();
          watch.step("verifying", done.addAndGet(read), total, "bytes", "");
        });
  }
}
