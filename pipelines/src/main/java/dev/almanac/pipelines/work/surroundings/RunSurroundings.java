package dev.almanac.pipelines.work.surroundings;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Version;
import dev.almanac.training.machine.Gpu;
import dev.almanac.training.machine.GpuLoad;
import dev.almanac.training.run.RunCode;
import dev.almanac.training.run.Surroundings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The code, environment and GPUs of trainings of a config. */
public record RunSurroundings(AlmanacConfig config, Checkouts checkouts) implements Surroundings {
  /** Whether this process sees some that answer: a driver that hangs once is not asked again. */
  private static volatile boolean hasGpus;

  @Override
  public String almanac() {
    return Version.here().almanac();
  }

  @Override
  public Code code() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    GitCheckout own = ofConfig();
    keep(own, files);
    GitCheckout almanac = ofAlmanac();
    if (own.root() != null && own.root().equals(almanac.root())) {
      return new Code(new RunCode(own.checkout(), own.checkout(), null), files);
    }
    keep(almanac, files);
    return new Code(new RunCode(almanac.checkout(), own.checkout(), null), files);
  }

  private static void keep(GitCheckout of, Map<String, byte[]> files) {
    if (of.checkout().diff() != null) {
      files.put(of.checkout().diff().file(), of.diff());
    }
  }

  private GitCheckout ofConfig() {
    if (config.file().contains("://")) {
      return unknown("the config is in a store of objects");
    }
    Path folder = Path.of(config.file()).toAbsolutePath().normalize().getParent();
    return checkouts.of(folder, RunCode.CONFIG_DIFF);
  }

  private GitCheckout ofAlmanac() {
    String home = System.getProperty("almanac.home");
    String commit = Version.here().gitCommit();
    if (home == null) {
      return commit == null
          ? unknown("it was not started by its launcher")
          : new GitCheckout(
              null, new RunCode.Checkout(commit, null, null, List.of(), null), new byte[0]);
    }
    return checkouts.of(Path.of(home).toAbsolutePath().normalize(), RunCode.ALMANAC_DIFF);
  }

  private static GitCheckout unknown(String why) {
    return new GitCheckout(null, RunCode.Checkout.unknown(why), new byte[0]);
  }

  @Override
  public Map<String, String> environment() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : config.environment()) {
      String value = System.getenv(name);
      if (value != null) {
        values.put(name, value);
      }
    }
    return values;
  }

  @Override
  public List<Gpu> gpus() {
    List<Gpu> gpus = NvidiaSmi.here().gpus();
    hasGpus = !gpus.isEmpty();
    return gpus;
  }

  @Override
  public List<GpuLoad> gpuLoads() {
    if (!hasGpus) {
      return List.of();
    }
    List<GpuLoad> loads = NvidiaSmi.here().loads();
    hasGpus = !loads.isEmpty();
    return loads;
  }
}
