package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.ConfigFile;
import dev.almanac.pipelines.work.Engine;
import dev.almanac.pipelines.work.worker.WorkerProgram;
import dev.almanac.pipelines.work.worker.WorkerStarter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** This program's {@link WorkerCommand}, with the same Java, class path and flags. */
final class TrainWorker implements WorkerStarter {
  /** Flags that belong to one process alone: debuggers, agents, archives being written. */
  private static final List<String> OWN_FLAGS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-XX:ArchiveClassesAtExit");

  /** Java's own warnings go to standard error: standard output is for answers. */
  private static final List<String> ANSWERS_ALONE =
      List.of("-Xlog:disable", "-Xlog:all=warning:stderr", "-XX:+DisplayVMOutputToStderr");

  @Override
  public WorkerProgram program(ConfigFile config, Engine engine) {
    List<String> flags = new ArrayList<>();
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OWN_FLAGS.stream().noneMatch(flag::startsWith)) {
        flags.add(flag);
      }
    }
    flags.addAll(ANSWERS_ALONE);
    List<String> line = new ArrayList<>(List.of(WorkerCommand.NAME, config.path(), "--quiet"));
    if (config.copy() != null) {
      line.addAll(List.of(WorkerCommand.COPY, config.copy()));
    }
    config.overrides().forEach(value -> line.addAll(List.of("--set", value)));
    line.add("--");
    line.addAll(engine.arguments());
    return new WorkerProgram(flags, Main.class.getName(), line);
  }
}
