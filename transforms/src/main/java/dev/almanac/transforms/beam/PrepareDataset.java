package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.beam.coder.Packed;
import dev.almanac.transforms.dataset.DatasetStages;
import dev.almanac.transforms.dataset.part.PartPlan;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.staging.ChunkStager;
import dev.almanac.transforms.staging.ChunkSummary;
import dev.almanac.transforms.staging.ChunkTask;
import dev.almanac.transforms.staging.DatasetJob;
import dev.almanac.transforms.storage.Redo;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * From source files to a finished dataset, in four stages of one pipeline: read chunks of the
 * source, fit what was seen of train and plan the parquet files, write them, commit.
 *
 * <p>What flows between the stages is a line of JSON a chunk or a file; rows stay in spools, so no
 * engine caches, copies or parses them twice. Every stage may be tried again: it ends in the same
 * files with the same bytes. The output is the dataset's folder, once.
 */
public final class PrepareDataset extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final Packed<DatasetJob> job;
  private final transient List<ChunkTask> chunks;

  private PrepareDataset(DatasetJob job, List<ChunkTask> chunks) {
    this.job = Packed.of(job);
    this.chunks = List.copyOf(chunks);
  }

  /** A dataset of the source's chunks, some of whose ranges an earlier dataset may have kept. */
  public static PrepareDataset of(DatasetJob job, List<ChunkTask> chunks) {
    return new PrepareDataset(job, chunks);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Chunks", SourceChunks.tasks(chunks))
        .apply("Read chunk", ParDo.of(new ReadChunk(job)))
        .setCoder(Lines.coder())
        .apply("Gather summaries", GroupByKey.create())
        .apply("Fit and plan", ParDo.of(new FitAndPlan(job)))
        .setCoder(Lines.coder())
        .apply("Parts", WriteParts.of(Packed.of(new DatasetStages(job.value()))));
  }

  private static final class ReadChunk extends DoFn<KV<Integer, String>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final Packed<DatasetJob> job;

    ReadChunk(Packed<DatasetJob> job) {
      this.job = job;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, String> element, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      ChunkTask chunk = Json.read(element.getValue(), ChunkTask.class, "a chunk");
      ChunkSummary summary = Redo.whileUploadsFail(() -> new ChunkStager(job.value()).stage(chunk));
      out.output(KV.of(0, Json.line(summary)));
    }
  }

  private static final class FitAndPlan
      extends DoFn<KV<Integer, Iterable<String>>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final Packed<DatasetJob> job;

    FitAndPlan(Packed<DatasetJob> job) {
      this.job = job;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<String>> summaries, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      int number = 0;
      for (PartPlan part :
          new DatasetStages(job.value())
              .plan(Lines.read(summaries.getValue(), ChunkSummary.class))) {
        out.output(KV.of(number++, Json.line(part)));
      }
    }
  }
}
