package dev.almanac.transforms.parquet.write;

import dev.almanac.transforms.column.Column;
import dev.almanac.transforms.column.Field;
import dev.almanac.transforms.column.StringColumn;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.Statistics;

/**
 * Text as codes into a dictionary page. The dictionary holds the row group's values in the order in
 * which they first appear, so it does not depend on the dictionaries of the batches.
 */
final class TextChunk extends ChunkBuffer {
  private static final int UNKNOWN = -1;
  private static final int MOST_STATISTICS_BYTES = 64;

  private final Map<String, Integer> known = new HashMap<>();
  private byte[] dictionary = new byte[1024];
  private int dictionaryBytes;
  private int[] codes = new int[1024];
  private int values;
  private byte[] least;
  private byte[] greatest;

  TextChunk(Field field) {
    super(field);
  }

  @Override
  void appendValues(Column column, int from, int to, boolean hasNulls) throws IOException {
    StringColumn text = (StringColumn) column;
    List<String> words = text.dictionary();
    int[] translated = new int[words.size()];
    Arrays.fill(translated, UNKNOWN);
    if (values + to - from > codes.length) {
      codes = Arrays.copyOf(codes, Math.max(values + to - from, 2 * codes.length));
    }
    for (int row = from; row < to; row++) {
      int code = text.codes()[row];
      if (code < 0) {
        continue;
      }
      if (translated[code] == UNKNOWN) {
        translated[code] = codeOf(words.get(code));
      }
      codes[values++] = translated[code];
    }
  }

  private int codeOf(String word) throws IOException {
    Integer code = known.get(word);
    if (code != null) {
      return code;
    }
    byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
    if (dictionaryBytes + 4L + utf8.length > Integer.MAX_VALUE - 8) {
      throw new ForeseenException(
          "Cannot write column '%s': the distinct texts of a row group take more than 2 GiB; make row-group-rows smaller"
              .formatted(field().name()));
    }
    int wanted = dictionaryBytes + 4 + utf8.length;
    if (wanted > dictionary.length) {
      int grown = (int) Math.min(Integer.MAX_VALUE - 8, 2L * dictionary.length);
      dictionary = Arrays.copyOf(dictionary, Math.max(wanted, grown));
    }
    PageBytes.putInt(dictionary, dictionaryBytes, utf8.length);
    System.arraycopy(utf8, 0, dictionary, dictionaryBytes + 4, utf8.length);
    dictionaryBytes = wanted;
    least = least == null || Arrays.compareUnsigned(utf8, least) < 0 ? utf8 : least;
    greatest = greatest == null || Arrays.compareUnsigned(utf8, greatest) > 0 ? utf8 : greatest;
    int next = known.size();
    known.put(word, next);
    return next;
  }

  @Override
  void writePages(PageSink pages) throws IOException {
    if (known.isEmpty()) {
      writeNulls(pages);
      return;
    }
    pages.dictionary(dictionary, dictionaryBytes, known.size());
    int bitWidth = 32 - Integer.numberOfLeadingZeros(known.size() - 1);
    int value = 0;
    for (int from = 0; from < rows(); from += PageSink.PAGE_ROWS) {
      int to = Math.min(rows(), from + PageSink.PAGE_ROWS);
      int end = value + (isOptional() ? validRows(from, to) : to - from);
      BytesInput page =
          BytesInput.concat(
              BytesInput.from(new byte[] {(byte) bitWidth}),
              BytesInput.from(packed(bitWidth, value, end)));
      if (isOptional()) {
        page = BytesInput.concat(BytesInput.from(definitionLevels(from, to)), page);
      }
      pages.data(to - from, page, Encoding.RLE_DICTIONARY);
      value = end;
    }
  }

  /** Rows that are all null need no dictionary, and readers disagree about an empty one. */
  private void writeNulls(PageSink pages) throws IOException {
    for (int from = 0; from < rows(); from += PageSink.PAGE_ROWS) {
      int to = Math.min(rows(), from + PageSink.PAGE_ROWS);
      pages.data(to - from, BytesInput.from(definitionLevels(from, to)), Encoding.PLAIN);
    }
  }

  private byte[] packed(int bitWidth, int from, int to) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            bitWidth, 1 << 12, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int i = from; i < to; i++) {
        encoder.writeInt(codes[i]);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      encoder.toBytes().writeAllTo(bytes);
      return bytes.toByteArray();
    }
  }

  /** Bounds only when they are short: a reader wants them to skip row groups, not to know them. */
  @Override
  Statistics statistics() {
    Statistics statistics = new Statistics().setNull_count(nulls());
    if (least != null
        && least.length <= MOST_STATISTICS_BYTES
        && greatest.length <= MOST_STATISTICS_BYTES) {
      statistics.setMin_value(least);
      statistics.setMax_value(greatest);
    }
    return statistics;
  }

  @Override
  void clear() {
    super.clear();
    known.clear();
    dictionaryBytes = 0;
    values = 0;
    least = null;
    greatest = null;
  }
}
