package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.staging.ChunkTask;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** The chunks of a source, spread over the workers. */
public final class SourceChunks extends PTransform<PBegin, PCollection<KV<Integer, String>>> {
  private static final long serialVersionUID = 1L;

  private final transient List<KV<Integer, String>> lines;

  private SourceChunks(List<KV<Integer, String>> lines) {
    this.lines = lines;
  }

  /** Numbered lines of JSON, a {@link SourceChunk} each. */
  public static SourceChunks of(List<SourceChunk> chunks) {
    return new SourceChunks(
        chunks.stream().map(chunk -> KV.of(chunk.number(), Json.line(chunk))).toList());
  }

  /** Numbered lines of JSON, a {@link ChunkTask} each. */
  static SourceChunks tasks(List<ChunkTask> tasks) {
    return new SourceChunks(
        tasks.stream().map(task -> KV.of(task.chunk().number(), Json.line(task))).toList());
  }

  /** Numbered lines of JSON, the pieces of a {@link SourceChunk} each. */
  static SourceChunks pieces(List<SourceChunk> chunks) {
    return new SourceChunks(
        chunks.stream()
            .map(chunk -> KV.of(chunk.number(), Json.line(new ReadStages.Task(chunk.pieces()))))
            .toList());
  }

  @Override
  public PCollection<KV<Integer, String>> expand(PBegin begin) {
    return begin
        .apply("Create", Create.of(lines).withCoder(Lines.coder()))
        .apply("Spread", Reshuffle.of());
  }
}
