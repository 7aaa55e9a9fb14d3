package dev.almanac.transforms.parquet.write;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How the pages of a parquet file are compressed. */
public enum ParquetCodec {
  /** The fastest to read: pages are copied as they are. */
  UNCOMPRESSED("uncompressed", CompressionCodecName.UNCOMPRESSED, CompressionCodec.UNCOMPRESSED),
  LZ4_RAW("lz4_raw", CompressionCodecName.LZ4_RAW, CompressionCodec.LZ4_RAW),
  SNAPPY("snappy", CompressionCodecName.SNAPPY, CompressionCodec.SNAPPY),
  /** The smallest of these, for archives. */
  ZSTD("zstd", CompressionCodecName.ZSTD, CompressionCodec.ZSTD),
  GZIP("gzip", CompressionCodecName.GZIP, CompressionCodec.GZIP);

  private final String text;
  private final CompressionCodecName codec;
  private final CompressionCodec format;

  ParquetCodec(String text, CompressionCodecName codec, CompressionCodec format) {
    this.text = text;
    this.codec = codec;
    this.format = format;
  }

  /** The name used in configs and in {@code dataset.json}. */
  @JsonValue
  public String text() {
    return text;
  }

  /**
   * The codec with this name.
   *
   * @throws IllegalArgumentException naming the known codecs
   */
  @JsonCreator
  public static ParquetCodec of(String text) {
    for (ParquetCodec codec : values()) {
      if (codec.text.equals(text)) {
        return codec;
      }
    }
    throw new IllegalArgumentException(
        "Cannot write parquet with codec '%s': known codecs are %s"
            .formatted(
                text, String.join(", ", Arrays.stream(values()).map(ParquetCodec::text).toList())));
  }

  CompressionCodecName codec() {
    return codec;
  }

  CompressionCodec format() {
    return format;
  }

  @Override
  public String toString() {
    return text;
  }
}
