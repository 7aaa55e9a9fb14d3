package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.work.search.TrialRequest;
import dev.almanac.transforms.json.Json;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program's {@code train}, with the same Java, class path and flags, for a trial. */
final class TrainWorker implements TrialRequest.Starter {
  /** Flags that belong to one process alone: debuggers, agents, archives being written. */
  private static final List<String> OWN_FLAGS =
      List.of("-agentlib:", "-agentpath:", "-javaagent:", "-Xrunjdwp", "-XX:ArchiveClassesAtExit");

  @Override
  public List<String> command(TrialRequest request) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (OWN_FLAGS.stream().noneMatch(flag::startsWith)) {
        line.add(flag);
      }
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of("train", request.config().path(), "--json", "--exit-with-parent"));
    if (request.resumed() != null) {
      line.addAll(List.of("--resume", request.resumed()));
    } else {
      line.addAll(List.of("--dataset", request.dataset(), "--trust-dataset"));
      line.addAll(List.of("--run-id", request.runId(), "--trial", Json.line(request.origin())));
    }
    request.config().overrides().forEach(value -> line.addAll(List.of("--set", value)));
    line.add("--");
    line.addAll(request.engine().arguments());
    return line;
  }
}
