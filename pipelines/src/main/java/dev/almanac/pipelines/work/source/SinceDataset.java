package dev.almanac.pipelines.work.source;

import dev.almanac.pipelines.work.PipelineRun;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.transforms.beam.HashContents;
import dev.almanac.transforms.manifest.Dataset;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.reuse.KeptComparison;
import dev.almanac.transforms.reuse.KeptSource;
import dev.almanac.transforms.reuse.KeptTypes;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.source.ContentPiece;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.Staging;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** What {@code prepare --since} takes over from an earlier dataset, compared before anything. */
public final class SinceDataset {
  private final Dataset dataset;
  private final KeptSource kept;
  private final KeptComparison.Reused reused;

  private SinceDataset(Dataset dataset, KeptSource kept, KeptComparison.Reused reused) {
    this.dataset = dataset;
    this.kept = kept;
    this.reused = reused;
  }

  /**
   * Hashes, on the engine, the source files that look as they did and what was kept of them.
   *
   * @throws RequestException when the dataset kept nothing
   * @throws IOException when what it kept is not what was written
   */
  public static SinceDataset compare(
      Dataset dataset,
      List<SourceChunk> source,
      Staging staging,
      PipelineOptions options,
      Watch watch)
      throws IOException, RequestException {
    if (!KeptSource.isIn(dataset)) {
      throw new RequestException(
          "Cannot reuse dataset %s: it kept nothing of its source; prepare without --since and with output.keep-source: true"
              .formatted(dataset.folder()));
    }
    KeptSource kept = KeptSource.open(dataset);
    KeptComparison comparison = KeptComparison.of(kept, dataset, source);
    List<ContentPiece> pieces = comparison.pieces();
    if (pieces.isEmpty()) {
      return new SinceDataset(dataset, kept, comparison.settled(List.of()));
    }
    long bytes = pieces.stream().mapToLong(ContentPiece::bytes).sum();
    long start = System.nanoTime();
    String hashes = staging.file("work/hashes.jsonl");
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Compare", HashContents.of(pieces, hashes));
    PipelineRun.of(pipeline, watch);
    double seconds = (System.nanoTime() - start) / 1e9;
    KeptComparison.Reused reused = comparison.settled(HashContents.read(hashes));
    watch.line(
        String.format(
            Locale.ROOT,
            "compared source files and what %s kept of them by content: %,d bytes in %.1f s",
            dataset.folder(),
            bytes,
            seconds));
    return new SinceDataset(dataset, kept, reused);
  }

  /** Keeps the types of source files that did not change, and takes those out of the list. */
  public TypeInference types(KeptTypes staged, List<StoredFile> files) throws IOException {
    return staged.take(KeptTypes.in(dataset.folder()), reused.same(), files);
  }

  /**
   * The source's chunks with what is reused of them.
   *
   * @param key what the rows depend on now beside the files
   * @throws RequestException when they depended on something else
   */
  public List<ChunkTask> reused(String key, Watch watch) throws RequestException {
    if (!kept.key().equals(key)) {
      throw new RequestException(
          "Cannot reuse dataset %s: its rows were read with another schema, source format, columns, features, split, fit or version of Almanac; prepare without --since"
              .formatted(dataset.folder()));
    }
    watch.line(
        "reusing %s of %s from %s"
            .formatted(
                reused.ranges(),
                Count.of(
                    reused.chunks().stream().mapToLong(task -> task.chunk().ranges().size()).sum(),
                    "file or range of a file",
                    "files and ranges of files"),
                dataset.folder()));
    return reused.chunks();
  }
}
