package dev.almanac.pipelines.work;

import dev.almanac.pipelines.cli.Main;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the command line's worker, as a service would. */
final class Worker implements WorkerStarter {
  @Override
  public List<String> command(ConfigFile config, Engine engine, List<String> flags) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(Main.class.getName(), "worker", config.path(), "--quiet"));
    config.overrides().forEach(value -> line.addAll(List.of("--set", value)));
    return line;
  }
}
