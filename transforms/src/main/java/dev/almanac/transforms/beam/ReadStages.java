package dev.almanac.transforms.beam;

import dev.almanac.transforms.beam.coder.Lines;
import dev.almanac.transforms.beam.coder.Packed;
import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Count;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.source.FileCount;
import dev.almanac.transforms.source.SourceAccount;
import dev.almanac.transforms.source.SourcePiece;
import dev.almanac.transforms.source.SourceReader;
import dev.almanac.transforms.staging.DatasetException;
import dev.almanac.transforms.staging.RejectPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** What the workers do for {@link ReadSource}; what flows between them is a line of JSON. */
final class ReadStages {
  /** Rejects of a chunk after which it is looked whether there may be so many. */
  private static final int LOOK_AFTER = 1000;

  private ReadStages() {}

  private static void require(
      boolean allowed, RejectPolicy policy, long rejected, List<Reject> some) {
    if (!allowed) {
      List<String> shown = some.stream().limit(SourceAccount.SHOWN).map(Reject::toString).toList();
      throw new DatasetException(
          "Cannot read the source: no more rows may be unreadable than ReadSource.allowing says (%s at least, %s)%n  %s"
              .formatted(
                  Count.of(rejected, "row"), policy, String.join("%n  ".formatted(), shown)));
    }
  }

  /** The pieces of a chunk together, so that small files are not an element each. */
  record Task(List<SourcePiece> pieces) {}

  private static List<SourcePiece> pieces(String line) throws IOException {
    return Json.read(line, Task.class, "pieces of a source").pieces();
  }

  /** Looks through ranges of text for where their rows begin and end. */
  static final class Look extends DoFn<KV<Integer, String>, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    private final Packed<SourceReader> reader;

    Look(Packed<SourceReader> reader) {
      this.reader = reader;
    }

    @ProcessElement
    public void process(@Element KV<Integer, String> task, OutputReceiver<KV<String, String>> out)
        throws IOException {
      for (SourcePiece piece : pieces(task.getValue())) {
        SourceReader.Extent extent = reader.value().look(piece);
        out.output(KV.of(piece.range().file().path(), Json.line(extent)));
      }
    }
  }

  /** Says of each range of a file where its first row begins. */
  static final class Settle extends DoFn<KV<String, Iterable<String>>, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final Packed<SourceReader> reader;

    Settle(Packed<SourceReader> reader) {
      this.reader = reader;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<String>> file, OutputReceiver<KV<Integer, String>> out)
        throws IOException {
      List<SourceReader.Extent> extents = Lines.read(file.getValue(), SourceReader.Extent.class);
      for (SourcePiece piece : reader.value().settled(extents)) {
        out.output(KV.of(piece.chunk(), Json.line(new Task(List.of(piece)))));
      }
    }
  }

  /** Reads pieces: rows, rejects, and an account of both. */
  static final class Read extends DoFn<KV<Integer, String>, ColumnBatch> {
    private static final long serialVersionUID = 1L;

    private final Packed<SourceReader> reader;
    private final RejectPolicy policy;

    Read(Packed<SourceReader> reader, RejectPolicy policy) {
      this.reader = reader;
      this.policy = policy;
    }

    @ProcessElement
    public void process(@Element KV<Integer, String> task, MultiOutputReceiver out)
        throws IOException {
      List<FileCount> files = new ArrayList<>();
      List<Reject> rejects = new ArrayList<>();
      long[] rejected = new long[1];
      for (SourcePiece piece : pieces(task.getValue())) {
        files.add(
            reader
                .value()
                .read(
                    piece,
                    batch -> out.get(ReadSource.ROWS).output(batch),
                    reject -> {
                      out.get(ReadSource.REJECTS).output(reject);
                      if (rejects.size() < SourceAccount.SHOWN) {
                        rejects.add(reject);
                      }
                      if (++rejected[0] >= LOOK_AFTER) {
                        require(!policy.exceedsRows(rejected[0]), policy, rejected[0], rejects);
                      }
                    }));
      }
      SourceAccount account = new SourceAccount(task.getKey(), files, rejects);
      out.get(ReadSource.ACCOUNTS).output(KV.of(0, Json.line(account)));
    }
  }

  /** Adds the accounts up to a ledger, and fails where too many rows were rejected. */
  static final class Account extends DoFn<KV<Integer, Iterable<String>>, FileCount> {
    private static final long serialVersionUID = 1L;

    private final RejectPolicy policy;

    Account(RejectPolicy policy) {
      this.policy = policy;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<String>> accounts, OutputReceiver<FileCount> out)
        throws IOException {
      SourceAccount all = SourceAccount.of(Lines.read(accounts.getValue(), SourceAccount.class));
      boolean allowed = policy.allows(all.rejected(), all.read());
      require(allowed, policy, all.rejected(), all.firstRejects());
      all.files().forEach(out::output);
    }
  }
}
