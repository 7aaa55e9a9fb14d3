package dev.almanac.pipelines.work;

import dev.almanac.pipelines.cli.Main;
import dev.almanac.pipelines.work.worker.WorkerProgram;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import java.util.ArrayList;
import java.util.List;

/** Starts the command line's worker, as a service would. */
final class Worker implements WorkerStarter {
  @Override
  public WorkerProgram program(ConfigFile config, Engine engine) {
    List<String> line = new ArrayList<>(List.of("worker", config.path(), "--quiet"));
    config.overrides().forEach(value -> line.addAll(List.of("--set", value)));
    return new WorkerProgram(List.of("-XX:TieredStopAtLevel=1"), Main.class.getName(), line);
  }
}
