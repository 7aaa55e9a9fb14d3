package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.csv.CsvSchemaReader;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.reuse.KeptTypes;
import dev.almanac.transforms.schema.ColumnRoles;
import dev.almanac.transforms.schema.SchemaFile;
import dev.almanac.transforms.schema.infer.TypeInference;
import dev.almanac.transforms.source.SourceChunk;
import dev.almanac.transforms.storage.StoredFile;
import dev.almanac.transforms.storage.WatchedFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Infers the schema of CSV files from every cell of every column, in one pass, and writes it as a
 * schema file. The output is the path of that file, once.
 */
public final class InferSchema extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final transient List<SourceChunk> chunks;
  private final CsvFormat format;
  private final String output;
  private final String known;
  private final KeptTypes kept;
  private final ColumnRoles roles;

  private InferSchema(
      List<SourceChunk> chunks,
      CsvFormat format,
      String output,
      String known,
      KeptTypes kept,
      ColumnRoles roles) {
    this.chunks = chunks;
    this.format = format;
    this.output = output;
    this.known = known;
    this.kept = kept;
    this.roles = roles;
  }

  /**
   * @param output the schema file; replaced when it exists
   */
  public static InferSchema of(List<SourceChunk> chunks, CsvFormat format, String output) {
    return new InferSchema(
        chunks, format, output, TypeInference.none().line(), null, ColumnRoles.none());
  }

  /** The same with the types of further files, none of which is in a chunk. */
  public InferSchema withKnown(TypeInference types) {
    return new InferSchema(chunks, format, output, types.line(), kept, roles);
  }

  /** The same, keeping the types of each file. */
  public InferSchema keeping(KeptTypes types) {
    return new InferSchema(chunks, format, output, known, types, roles);
  }

  /** The same with what is asked of the columns. */
  public InferSchema withRoles(ColumnRoles asked) {
    return new InferSchema(chunks, format, output, known, kept, asked);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Chunks", SourceChunks.of(chunks))
        .apply("Probe chunk", ParDo.of(new Probe(format, kept)))
        .setCoder(Lines.coder())
        .apply("Gather", GroupByKey.create())
        .apply("Conclude", ParDo.of(new Conclude(output, known, roles)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class Probe extends DoFn<KV<Integer, String>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final CsvFormat format;
    private final KeptTypes kept;

    Probe(CsvFormat format, KeptTypes kept) {
      this.format = format;
      this.kept = kept;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, String> element, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      SourceChunk chunk = Json.read(element.getValue(), SourceChunk.class, "a chunk");
      TypeInference types = TypeInference.none();
      Map<StoredFile, TypeInference> byFile = new LinkedHashMap<>();
      for (StoredFile file : chunk.files()) {
        TypeInference own =
            WatchedFile.read(file, bytes -> CsvSchemaReader.read(bytes, file.path(), format));
        types = types.merge(own);
        byFile.put(file, own);
      }
      if (kept != null) {
        kept.write(chunk.number(), byFile);
      }
      out.output(KV.of(0, types.line()));
    }
  }

  private static final class Conclude extends DoFn<KV<Integer, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final String output;
    private final String known;
    private final ColumnRoles roles;

    Conclude(String output, String known, ColumnRoles roles) {
      this.output = output;
      this.known = known;
      this.roles = roles;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<String>> chunks, OutputReceiver<String> out)
        throws IOException {
      TypeInference types = TypeInference.parse(known);
      for (String line : chunks.getValue()) {
        types = types.merge(TypeInference.parse(line));
      }
      types.requireRows();
      SchemaFile.write(types.conclude(roles), output);
      out.output(output);
    }
  }
}
