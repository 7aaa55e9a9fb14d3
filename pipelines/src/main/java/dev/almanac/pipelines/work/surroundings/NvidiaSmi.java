package dev.almanac.pipelines.work.surroundings;

import dev.almanac.pipelines.work.process.ShortCommand;
import dev.almanac.training.machine.Gpu;
import dev.almanac.training.machine.GpuLoad;
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

  /** While a run trains, once a second. */
  private static final long LOOK_MILLIS = 2_000;

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
      ShortCommand.Answer answer =
          ask(query("--query-gpu=name,driver_version,memory.total"), MILLIS);
      if (answer.status() != 0) {
        return List.of();
      }
      String cuda = cuda();
      List<Gpu> gpus = new ArrayList<>();
      for (String line : answer.text().lines().toList()) {
        String[] cells = line.split(" *, *");
        if (cells.length == 3) {
          gpus.add(new Gpu(cells[0].strip(), cells[1], cuda, number(cells[2]) << 20));
        }
      }
      return gpus;
    } catch (IOException none) {
      return List.of();
    }
  }

  /** What each is doing; none when the driver does not say in time. */
  List<GpuLoad> loads() {
    try {
      ShortCommand.Answer answer =
          ask(query("--query-gpu=utilization.gpu,memory.used"), LOOK_MILLIS);
      List<GpuLoad> loads = new ArrayList<>();
      for (String line : answer.text().lines().toList()) {
        String[] cells = line.strip().split(" *, *");
        if (answer.status() == 0 && cells.length == 2) {
          loads.add(new GpuLoad(number(cells[0]) / 100.0, number(cells[1]) << 20));
        }
      }
      return loads;
    } catch (IOException none) {
      return List.of();
    }
  }

  private List<String> query(String what) {
    List<String> command = new ArrayList<>(List.of(program));
    if (visible != null) {
      command.addAll(List.of("-i", visible));
    }
    command.addAll(List.of(what, "--format=csv,noheader,nounits"));
    return command;
  }

  private String cuda() throws IOException {
    Matcher found = CUDA.matcher(ask(List.of(program), MILLIS).text());
    return found.find() ? found.group(1) : null;
  }

  /** A cell that the driver does not know is no number. */
  private static long number(String cell) {
    return cell.strip().matches("\\d{1,9}") ? Long.parseLong(cell.strip()) : 0;
  }

  private static ShortCommand.Answer ask(List<String> command, long millis) throws IOException {
    return new ShortCommand(null, Set.of(), Map.of(), millis, MOST).run(command);
  }
}
