package dev.almanac.training.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
  private static final List<Tensor> TENSORS =
      List.of(
          new Tensor("a.weight", List.of(2L, 3L), new float[] {1, -0f, 3.5f, 1e-45f, 5, 6}),
          new Tensor("b", List.of(1L), new float[] {Float.MAX_VALUE}));

  /** The layout of the format's description, by hand. */
  private static byte[] byHand() throws IOException {
    String header =
        "{\"a.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}";
    while (header.length() % 8 != 0) {
      header += " ";
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) header.length(), 0, 0, 0, 0, 0, 0, 0});
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    for (Tensor tensor : TENSORS) {
      for (float value : tensor.values()) {
        int bits = Float.floatToRawIntBits(value);
        out.write(
            new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)});
      }
    }
    return out.toByteArray();
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    assertArrayEquals(byHand(), Safetensors.write(TENSORS));
  }

  @Test
  void readsBackEveryBit() throws IOException {
    List<Tensor> read = Safetensors.read(byHand(), "test");
    assertEquals(2, read.size());
    for (int i = 0; i < 2; i++) {
      assertEquals(TENSORS.get(i).name(), read.get(i).name());
      assertEquals(TENSORS.get(i).shape(), read.get(i).shape());
      assertArrayEquals(TENSORS.get(i).values(), read.get(i).values());
    }
    assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(read.get(0).values()[1]));
  }

  @Test
  void aFileCutShortIsAnErrorWhereverItIsCut() throws IOException {
    byte[] whole = byHand();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      var error = assertThrows(IOException.class, () -> Safetensors.read(cut, "w"), "at " + length);
      assertTrue(error.getMessage().startsWith("Cannot read "), error.getMessage());
    }
  }

  @Test
  void aTensorWhoseShapeDoesNotFitItsBytesIsAnError() throws IOException {
    byte[] bytes = byHand();
    int shape = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("[2,3]");
    bytes[shape + 1] = '7';
    var error = assertThrows(IOException.class, () -> Safetensors.read(bytes, "w"));
    assertEquals(
        "Cannot read weights w: Cannot hold tensor 'a.weight': shape [7, 3] has 21 numbers (6 given)",
        error.getMessage());
  }
}
