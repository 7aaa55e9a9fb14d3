package dev.almanac.pipelines.work.predict;

import dev.almanac.transforms.beam.AddDriftCounts;
import dev.almanac.transforms.beam.SourceChunks;
import dev.almanac.transforms.beam.coder.DriftCountsCoder;
import dev.almanac.transforms.drift.DriftCounts;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.storage.Redo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/** From raw files to predictions: chunk by chunk, then committed as one. */
final class PredictRows extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private static final TupleTag<KV<Integer, String>> LINES = new TupleTag<>() {};
  private static final TupleTag<KV<Integer, DriftCounts>> COUNTS = new TupleTag<>() {};
  private static final TupleTag<String> GATHERED_LINES = new TupleTag<>() {};
  private static final TupleTag<DriftCounts> GATHERED_COUNTS = new TupleTag<>() {};

  private final PredictJob job;
  private final transient List<SourceChunk> chunks;

  PredictRows(PredictJob job, List<SourceChunk> chunks) {
    this.job = job;
    this.chunks = chunks;
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    PCollectionTuple predicted =
        begin
            .apply("Chunks", SourceChunks.of(chunks))
            .apply(
                "Predict chunk",
                ParDo.of(new PredictChunk(job)).withOutputTags(LINES, TupleTagList.of(COUNTS)));
    PCollection<KV<Integer, String>> lines =
        predicted.get(LINES).setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()));
    PCollection<KV<Integer, DriftCounts>> counts =
        predicted
            .get(COUNTS)
            .setCoder(KvCoder.of(VarIntCoder.of(), DriftCountsCoder.of()))
            .apply("Count", AddDriftCounts.create());
    return KeyedPCollectionTuple.of(GATHERED_LINES, lines)
        .and(GATHERED_COUNTS, counts)
        .apply("Gather", CoGroupByKey.create())
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
    public void process(@Element KV<Integer, String> element, MultiOutputReceiver out)
        throws IOException {
      SourceChunk chunk = Json.read(element.getValue(), SourceChunk.class, "a chunk");
      ChunkPredictor.Predicted predicted = Redo.whileUploadsFail(() -> predictor.predict(chunk));
      out.get(LINES).output(KV.of(0, Json.line(predicted.chunk())));
      if (predicted.counts() != null) {
        out.get(COUNTS).output(KV.of(0, predicted.counts()));
      }
    }

    @Teardown
    public void teardown() {
      if (predictor != null) {
        predictor.close();
      }
    }
  }

  private static final class Commit extends DoFn<KV<Integer, CoGbkResult>, String> {
    private static final long serialVersionUID = 1L;

    private final PredictJob job;

    Commit(PredictJob job) {
      this.job = job;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> gathered, OutputReceiver<String> out)
        throws IOException {
      List<PredictedChunk> chunks = new ArrayList<>();
      for (String line : gathered.getValue().getAll(GATHERED_LINES)) {
        chunks.add(Json.read(line, PredictedChunk.class, "a chunk's predictions"));
      }
      DriftCounts counts = gathered.getValue().getOnly(GATHERED_COUNTS, null);
      out.output(PredictionsManifest.commit(job, chunks, counts));
    }
  }
}
