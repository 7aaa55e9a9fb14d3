package dev.almanac.pipelines.stage;

import dev.almanac.transforms.beam.SourceChunks;
import dev.almanac.transforms.dataset.SourceChunk;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Redo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** From raw files to predictions: chunk by chunk, then committed as one. */
final class PredictRows extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final PredictJob job;
  private final transient List<SourceChunk> chunks;

  PredictRows(PredictJob job, List<SourceChunk> chunks) {
    this.job = job;
    this.chunks = chunks;
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Chunks", SourceChunks.of(chunks))
        .apply("Predict chunk", ParDo.of(new PredictChunk(job)))
        .setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("Commit", ParDo.of(new Commit(job)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class PredictChunk extends DoFn<KV<Integer, String>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final PredictJob job;
    private transient ChunkPredictor predictor;

    PredictChunk(PredictJob job) {
      this.job = job;
    }

    @Setup
    public void setup() throws IOException {
      predictor = new ChunkPredictor(job);
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, String> element, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      SourceChunk chunk = Json.read(element.getValue(), SourceChunk.class, "a chunk");
      PredictedChunk predicted = Redo.whileUploadsFail(() -> predictor.predict(chunk));
      out.output(KV.of(0, Json.line(predicted)));
    }

    @Teardown
    public void teardown() {
      if (predictor != null) {
        predictor.close();
      }
    }
  }

  private static final class Commit extends DoFn<KV<Integer, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final PredictJob job;

    Commit(PredictJob job) {
      this.job = job;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<String>> lines, OutputReceiver<String> out)
        throws IOException {
      List<PredictedChunk> chunks = new ArrayList<>();
      for (String line : lines.getValue()) {
        chunks.add(Json.read(line, PredictedChunk.class, "a chunk's predictions"));
      }
      out.output(PredictionsManifest.commit(job, chunks));
    }
  }
}
