package dev.almanac.transforms.beam;

import dev.almanac.transforms.dataset.ChunkStager;
import dev.almanac.transforms.dataset.ChunkSummary;
import dev.almanac.transforms.dataset.DatasetJob;
import dev.almanac.transforms.dataset.PartPlan;
import dev.almanac.transforms.dataset.SourceChunk;
import dev.almanac.transforms.json.Json;
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
  private final transient List<SourceChunk> chunks;

  private PrepareDataset(DatasetJob job, List<SourceChunk> chunks) {
    this.job = Packed.of(job);
    this.chunks = List.copyOf(chunks);
  }

  public static PrepareDataset of(DatasetJob job, List<SourceChunk> chunks) {
    return new PrepareDataset(job, chunks);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Chunks", SourceChunks.of(chunks))
        .apply("Read chunk", ParDo.of(new ReadChunk(job)))
        .setCoder(Lines.coder())
        .apply("Gather summaries", GroupByKey.create())
        .apply("Fit and plan", ParDo.of(new FitAndPlan(job)))
        .setCoder(Lines.coder())
        .apply("Parts", WriteParts.of(job));
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
      SourceChunk chunk = Json.read(element.getValue(), SourceChunk.class, "a chunk");
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
      for (PartPlan part : job.value().plan(Lines.read(summaries.getValue(), ChunkSummary.class))) {
        out.output(KV.of(number++, Json.line(part)));
      }
    }
  }
}
