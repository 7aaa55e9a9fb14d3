package dev.almanac.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The safetensors file format, float32 alone: no code, no pickles, readable by PyTorch, JAX and
 * others.
 *
 * <p>Eight bytes: the header's length, little-endian. The header: JSON that names each tensor's
 * {@code dtype}, {@code shape} and {@code data_offsets} after the header, padded with blanks to a
 * multiple of 8. Then the tensors, little-endian, without gaps. Equal tensors give equal bytes.
 */
final class Safetensors {
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final String DTYPE = "F32";

  private Safetensors() {}

  static byte[] write(List<Tensor> tensors) {
    ObjectNode header = Json.mapper().createObjectNode();
    int end = 0;
    for (Tensor tensor : tensors) {
      int start = end;
      end = Math.addExact(end, Math.multiplyExact(tensor.values().length, Float.BYTES));
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", DTYPE);
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(start).add(end);
    }
    byte[] text = Json.line(header).getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(LENGTH_BYTES + padded, end))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(text);
    while (out.position() < LENGTH_BYTES + padded) {
      out.put((byte) ' ');
    }
    for (Tensor tensor : tensors) {
      out.asFloatBuffer().put(tensor.values());
      out.position(out.position() + tensor.values().length * Float.BYTES);
    }
    return out.array();
  }

  /**
   * Reads every tensor, in the file's order.
   *
   * @param place the file's path, for messages
   * @throws IOException when the bytes are not such a file
   */
  static List<Tensor> read(byte[] bytes, String place) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length < LENGTH_BYTES ? -1 : in.getLong();
    if (length < 0 || length > bytes.length - LENGTH_BYTES) {
      throw broken(place, "its header does not fit into %s bytes".formatted(bytes.length));
    }
    String header = new String(bytes, LENGTH_BYTES, (int) length, StandardCharsets.UTF_8);
    ByteBuffer data =
        in.slice(LENGTH_BYTES + (int) length, bytes.length - LENGTH_BYTES - (int) length);
    data.order(ByteOrder.LITTLE_ENDIAN);
    List<Tensor> tensors = new ArrayList<>();
    Iterator<Map.Entry<String, JsonNode>> entries = Json.tree(header, place).fields();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      if (!entry.getKey().equals("__metadata__")) {
        tensors.add(tensor(entry.getKey(), entry.getValue(), data, place));
      }
    }
    return tensors;
  }

  private static Tensor tensor(String name, JsonNode entry, ByteBuffer data, String place)
      throws IOException {
    long start = entry.path("data_offsets").path(0).asLong(-1);
    long end = entry.path("data_offsets").path(1).asLong(-1);
    if (!DTYPE.equals(entry.path("dtype").asText())
        || start < 0
        || end < start
        || end > data.limit()
        || (end - start) % Float.BYTES != 0) {
      throw broken(place, "tensor '%s' is not float32 inside the file (%s)".formatted(name, entry));
    }
    float[] values = new float[(int) (end - start) / Float.BYTES];
    data.slice((int) start, (int) (end - start))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    List<Long> shape =
        StreamSupport.stream(entry.path("shape").spliterator(), false)
            .map(JsonNode::asLong)
            .toList();
    try {
      return new Tensor(name, shape, values);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw broken(place, e.getMessage());
    }
  }

  private static IOException broken(String place, String what) {
    return new ForeseenException("Cannot read weights %s: %s".formatted(place, what));
  }
}
