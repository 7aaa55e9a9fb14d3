package dev.almanac.pipelines.work.surroundings;

import dev.almanac.pipelines.work.process.ShortCommand;
import dev.almanac.training.machine.Gpu;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs that NVIDIA's driver tells of, of those that this process may use; none where the
 * program is not installed, fails or hangs.
 */
record NvidiaSmi(String program, String visible) {
  private static final long MILLIS = 5_000;
  private static final int MOST = 1 << 16;
  private static final Pattern CUDA = Pattern.compile("CUDA Version: *([0-9.]+)");

  /** The one on the path. */
  static NvidiaSmi here() {
    return new NvidiaSmi("nvidia-smi", System.getenv("CUDA_VISIBLE_DEVICES"));
  }

  List<Gpu> gpus() {
    if (visible != null && (visible.isBlank() || visible.equals("-1"))) {
      return List.of();
    }
    try {
      List<String> command = new ArrayList<>(List.of(program));
      if (visible != null) {
        command.addAll(List.of("-i", visible));
      }
      command.addAll(
          List.of("--query-gpu=name,driver_version,memory.total", "--format=csv,noheader,nounits"));
      ShortCommand.Answer answer = ask(command);
      if (answer.status() != 0) {
        return List.of();
      }
      String cuda = cuda();
      List<Gpu> gpus = new ArrayList<>();
      for (String line : answer.text().lines().toList()) {
        String[] cells = line.split(" *, *");
        if (cells.length == 3) {
          gpus.add(new Gpu(cells[0].strip(), cells[1], cuda, mebibytes(cells[2])));
        }
      }
      return gpus;
    } catch (IOException none) {
      return List.of();
    }
  }

  private String cuda() throws IOException {
    Matcher found = CUDA.matcher(ask(List.of(program)).text());
    return found.find() ? found.group(1) : null;
  }

  private static long mebibytes(String cell) {
    return cell.strip().matches("\\d{1,9}") ? Long.parseLong(cell.strip()) << 20 : 0;
  }

  private static ShortCommand.Answer ask(List<String> command) throws IOException {
    return new ShortCommand(null, Set.of(), Map.of(), MILLIS, MOST).run(command);
  }
}
