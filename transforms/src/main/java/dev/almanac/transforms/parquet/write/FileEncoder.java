package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.TableSchema;
import dev.almanac.transforms.storage.HashingOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/**
 * Puts row groups and a footer into a file.
 *
 * <p>parquet-java's own file writer is not used: its 1.17.0 lists the encodings of a chunk in the
 * order of identity hash codes, so two runs give different bytes for the same rows.
 */
final class FileEncoder {
  /**
   * In the form that parquet-java parses. The version is of these bytes, not of a release: it
   * changes when equal rows give other bytes than before.
   */
  static final String CREATED_BY = "almanac version 1.0.0";

  private static final int FORMAT_VERSION = 1;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final HashingOutput out;
  private final TableSchema schema;
  private final ParquetLayout layout;
  private final BytesInputCompressor compressor;
  private final List<RowGroup> rowGroups = new ArrayList<>();

  FileEncoder(
      HashingOutput out,
      TableSchema schema,
      ParquetLayout layout,
      BytesInputCompressor compressor) {
    this.out = out;
    this.schema = schema;
    this.layout = layout;
    this.compressor = compressor;
  }

  void start() throws IOException {
    out.write(MAGIC);
  }

  /** Writes what the buffers hold, all of them as many rows, as one row group. */
  void rowGroup(List<ChunkBuffer> chunks, int rows) throws IOException {
    long start = out.bytes();
    long plainBytes = 0;
    List<ColumnChunk> columns = new ArrayList<>(chunks.size());
    for (ChunkBuffer chunk : chunks) {
      PageSink pages = new PageSink(out, compressor);
      chunk.writePages(pages);
      ColumnMetaData column = new ColumnMetaData();
      column.setType(FormatSchema.physical(chunk.field().type()));
      column.setPath_in_schema(List.of(chunk.field().name()));
      column.setCodec(layout.codec().format());
      column.setNum_values(rows);
      column.setStatistics(chunk.statistics());
      pages.describe(column);
      plainBytes += column.getTotal_uncompressed_size();
      columns.add(new ColumnChunk(0).setMeta_data(column));
    }
    RowGroup group = new RowGroup(columns, plainBytes, rows);
    group.setFile_offset(start);
    group.setTotal_compressed_size(out.bytes() - start);
    if (rowGroups.size() <= Short.MAX_VALUE) {
      group.setOrdinal((short) rowGroups.size());
    }
    rowGroups.add(group);
  }

  /** Writes the footer; the file is whole then. */
  void finish() throws IOException {
    long rows = rowGroups.stream().mapToLong(RowGroup::getNum_rows).sum();
    FileMetaData footer =
        new FileMetaData(FORMAT_VERSION, FormatSchema.of(schema), rows, rowGroups);
    footer.setCreated_by(CREATED_BY);
    for (Map.Entry<String, String> pair : layout.metadata().entrySet()) {
      footer.addToKey_value_metadata(new KeyValue(pair.getKey()).setValue(pair.getValue()));
    }
    for (int i = 0; i < schema.size(); i++) {
      footer.addToColumn_orders(ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()));
    }
    long start = out.bytes();
    Util.writeFileMetaData(footer, out);
    out.write(PageBytes.ofInt(Math.toIntExact(out.bytes() - start)));
    out.write(MAGIC);
    out.flush();
  }

  List<Long> rowGroupRows() {
    return rowGroups.stream().map(RowGroup::getNum_rows).toList();
  }
}
