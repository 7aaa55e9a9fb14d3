package dev.almanac.training.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The libraries that do the arithmetic, and what tells them how.
 *
 * @param files bytes of each library by its name
 * @param settings environment variables that choose routines or threads of MKL, oneDNN, OpenMP and
 *     CUDA, of those that are set
 */
public record NativeLibraries(Map<String, Long> files, Map<String, String> settings) {
  private static final List<String> SETTINGS =
      List.of(
          "ATEN_CPU_CAPABILITY",
          "MKL_CBWR",
          "MKL_NUM_THREADS",
          "MKL_ENABLE_INSTRUCTIONS",
          "MKL_DYNAMIC",
          "DNNL_MAX_CPU_ISA",
          "ONEDNN_MAX_CPU_ISA",
          "DNNL_DEFAULT_FPMATH_MODE",
          "ONEDNN_DEFAULT_FPMATH_MODE",
          "OMP_NUM_THREADS",
          "OMP_WAIT_POLICY",
          "OMP_DYNAMIC",
          "KMP_AFFINITY",
          "KMP_BLOCKTIME",
          "OPENBLAS_NUM_THREADS",
          "OPENBLAS_CORETYPE",
          "CUDA_VISIBLE_DEVICES",
          "CUBLAS_WORKSPACE_CONFIG",
          "NVIDIA_TF32_OVERRIDE",
          "PYTORCH_CUDA_ALLOC_CONF",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR");

  public NativeLibraries {
    files = files == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(files));
    settings = settings == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** What this process has loaded of PyTorch and its libraries, as far as the system says. */
  static NativeLibraries here() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String name : SETTINGS) {
      String value = System.getenv(name);
      if (value != null) {
        settings.put(name, value);
      }
    }
    return new NativeLibraries(loaded(Path.of("/proc/self/maps")), settings);
  }

  /** The libraries beside PyTorch's own, of those that are mapped. */
  static Map<String, Long> loaded(Path maps) {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<String> lines = Files.lines(maps)) {
      TreeSet<String> paths = new TreeSet<>();
      lines
          .filter(line -> line.contains(" /") && line.contains(".so"))
          .forEach(line -> paths.add(line.substring(line.indexOf(" /") + 1)));
      for (String path : paths) {
        Path file = Path.of(path);
        String name = file.getFileName().toString();
        if (name.matches(
            "(lib(torch|c10|mkl|gomp|iomp|dnnl|openblas|cu|nv).*|.*libdjl_torch.*)\\.so.*")) {
          files.put(name, Files.size(file));
        }
      }
    } catch (IOException | RuntimeException elsewhere) {
      // Other systems do not say; the version of PyTorch stands beside.
    }
    return files;
  }
}
