package dev.almanac.training.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named vectors of numbers in a {@link Safetensors} file. */
public final class VectorFile {
  private VectorFile() {}

  /** For vectors in the order in which they are put. */
  public static Map<String, float[]> empty() {
    return new LinkedHashMap<>();
  }

  /** The file's bytes. */
  public static byte[] write(Map<String, float[]> vectors) {
    List<Tensor> tensors = new ArrayList<>();
    vectors.forEach(
        (name, values) -> tensors.add(new Tensor(name, List.of((long) values.length), values)));
    return Safetensors.write(tensors);
  }

  /**
   * The vectors of such a file.
   *
   * @param place the file's path, for messages
   * @throws IOException when the bytes are not such a file
   */
  public static Map<String, float[]> read(byte[] bytes, String place) throws IOException {
    Map<String, float[]> vectors = empty();
    for (Tensor tensor : Safetensors.read(bytes, place)) {
      vectors.put(tensor.name(), tensor.values());
    }
    return vectors;
  }
}
