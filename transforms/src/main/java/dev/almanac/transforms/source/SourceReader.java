package dev.almanac.transforms.source;

import dev.almanac.transforms.column.ColumnBatch;
import dev.almanac.transforms.column.RowOrigin;
import dev.almanac.transforms.csv.format.CsvFormat;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.reject.Reject;
import dev.almanac.transforms.schema.SourceColumn;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads pieces of a source, in any order and by anybody, into batches that know where they stand.
 * Together they are what reading every file in one piece gives. Immutable.
 *
 * @param id tells sources apart
 * @param folder the folder that all files share, with the separator at its end
 * @param columns of the batches, in their order
 * @param reading how text is read
 */
public record SourceReader(long id, String folder, List<SourceColumn> columns, CsvFormat reading)
    implements Serializable {
  public SourceReader {
    columns = List.copyOf(columns);
  }

  public static SourceReader of(
      List<StoredFile> files, List<SourceColumn> columns, CsvFormat reading) {
    String hash = Json.sha256(List.of(files, reading));
    long id = ByteBuffer.wrap(HexFormat.of().parseHex(hash)).getLong();
    return new SourceReader(id, SourceFolder.of(files), columns, reading);
  }

  /**
   * What a piece turned out to hold.
   *
   * @param start offset of its first row, and {@code end} of the one behind the last
   */
  public record Extent(SourcePiece piece, long start, long end, long lines)
      implements Serializable {}

  /** Looks where the rows of a range begin and end; no cell is read. */
  public Extent look(SourcePiece piece) throws IOException {
    try (SourceRows rows = SourceRows.open(piece.range(), List.of(), reading, reject -> {})) {
      while (rows.next() != null) {
        continue;
      }
      SourceRows.Extent extent = rows.finish();
      return new Extent(piece, extent.start(), extent.end(), extent.lines());
    }
  }

  /**
   * The pieces of one file with the places where their rows are known to begin. The first is right,
   * for it begins with the file; where it ends, the next one's rows begin. One that took another
   * place for that was misled by a line break in a quoted cell, and is looked at again.
   *
   * @param file all its pieces, in any order
   */
  public List<SourcePiece> settled(List<Extent> file) throws IOException {
    List<Extent> inOrder = new ArrayList<>(file);
    inOrder.sort(Comparator.comparingLong(extent -> extent.piece().range().from()));
    List<SourcePiece> settled = new ArrayList<>();
    long end = 0;
    long lines = 0;
    for (Extent extent : inOrder) {
      SourcePiece piece = extent.piece();
      if (piece.range().from() > 0) {
        SourceRange range = piece.range().startingAt(end);
        if (extent.start() != end) {
          extent = look(new SourcePiece(piece.chunk(), piece.number(), range, 0));
        }
        piece = new SourcePiece(piece.chunk(), piece.number(), range, lines);
      }
      settled.add(piece);
      end = extent.end();
      lines += extent.lines();
    }
    return settled;
  }

  /**
   * Reads a piece that is settled, or begins with its file.
   *
   * @param rows is given the batches, in their order
   * @param rejects is given each rejected row, in the order of the file
   */
  public FileCount read(SourcePiece piece, Consumer<ColumnBatch> rows, Consumer<Reject> rejects)
      throws IOException {
    SourceRange range = piece.range();
    String file = range.file().path();
    RowOrigin.Part part =
        new RowOrigin.Part(
            id,
            piece.chunk(),
            piece.number(),
            folder,
            file.substring(folder.length()),
            range.from());
    try (SourceRows source =
        SourceRows.open(
            range, columns, reading, reject -> rejects.accept(reject.after(piece.linesBefore())))) {
      for (ColumnBatch batch = source.next(); batch != null; batch = source.next()) {
        long[] lines = new long[batch.rows()];
        for (int row = 0; row < lines.length; row++) {
          lines[row] = piece.linesBefore() + source.line(row);
        }
        rows.accept(batch.withOrigin(new RowOrigin(part, lines)));
      }
      return new FileCount(file, range.bytes(), source.rowsRead(), source.rowsRejected());
    }
  }
}
