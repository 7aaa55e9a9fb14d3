package dev.almanac.training.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file that PyTorch loads a program from, made without Python: a zip of stored entries below
 * one folder. The program is one class without parameters.
 */
final class TorchScriptArchive {
  private static final String FOLDER = "program/";

  private TorchScriptArchive() {}

  /**
   * Loads a class {@code Program} into PyTorch.
   *
   * @param methods as for {@link #of}
   */
  static PtSymbolBlock load(PtNDManager manager, String methods) {
    try {
      return JniUtils.loadModule(manager, new ByteArrayInputStream(of(methods)), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The archive of a class {@code Program}.
   *
   * @param methods its methods, indented by two, with {@code self} of type {@code
   *     __torch__.Program}
   */
  static byte[] of(String methods) {
    String code =
        """
        class Program(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
        """
            + methods;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      // Pickle's protocol 2: an object of the class, with `training` true.
      put(zip, "data.pkl", "\u0080\2c__torch__\nProgram\n)\u0081}(X\b\0\0\0training\u0088ub.");
      put(zip, "code/__torch__.py", code);
      // An empty tuple.
      put(zip, "constants.pkl", "\u0080\2).");
      // Operators as PyTorch 2.0 has them, not older forms of them.
      put(zip, "version", "10\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String latin) throws IOException {
    byte[] content = latin.getBytes(StandardCharsets.ISO_8859_1);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
