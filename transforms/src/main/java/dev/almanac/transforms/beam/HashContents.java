package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.source.ContentPiece;
import dev.almanac.transforms.storage.Storage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Hashes pieces of files where the workers are, and writes the hashes into a file. The output is
 * its path, once.
 */
public final class HashContents extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  /** Bytes that are worth a bundle of their own. */
  private static final long BATCH_BYTES = 16L << 20;

  private static final int BATCH_PIECES = 256;

  private final transient List<ContentPiece> pieces;
  private final String output;

  private HashContents(List<ContentPiece> pieces, String output) {
    this.pieces = pieces;
    this.output = output;
  }

  public static HashContents of(List<ContentPiece> pieces, String output) {
    return new HashContents(pieces, output);
  }

  /** What was written. */
  public static List<ContentPiece.Hashed> read(String output) throws IOException {
    List<ContentPiece.Hashed> hashed = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(Storage.open(output), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hashed.add(Json.read(line, ContentPiece.Hashed.class, output));
      }
    }
    return hashed;
  }

  private record Batch(List<ContentPiece> pieces) {}

  private List<KV<Integer, String>> batches() {
    List<KV<Integer, String>> batches = new ArrayList<>();
    List<ContentPiece> batch = new ArrayList<>();
    long bytes = 0;
    for (ContentPiece piece : pieces) {
      batch.add(piece);
      bytes += piece.bytes();
      if (bytes >= BATCH_BYTES || batch.size() >= BATCH_PIECES) {
        batches.add(KV.of(batches.size(), Json.line(new Batch(batch))));
        batch.clear();
        bytes = 0;
      }
    }
    batches.add(KV.of(batches.size(), Json.line(new Batch(batch))));
    return batches;
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Create", Create.of(batches()).withCoder(Lines.coder()))
        .apply("Spread", Reshuffle.of())
        .apply("Hash", ParDo.of(new Hash()))
        .setCoder(Lines.coder())
        .apply("Gather", GroupByKey.create())
        .apply("Write", ParDo.of(new Write(output)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Hash extends DoFn<KV<Integer, String>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, String> element, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      for (ContentPiece piece : Json.read(element.getValue(), Batch.class, "a batch").pieces()) {
        out.output(KV.of(0, Json.line(piece.hash())));
      }
    }
  }

  private static final class Write extends DoFn<KV<Integer, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final String output;

    Write(String output) {
      this.output = output;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<String>> hashed, OutputReceiver<String> out)
        throws IOException {
      Storage.write(
          output,
          to -> {
            for (String line : hashed.getValue()) {
              to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
          });
      out.output(output);
    }
  }
}
