package dev.almanac.pipelines.work;

import dev.almanac.pipelines.cli.Main;
import dev.almanac.pipelines.work.search.TrialRequest;
import dev.almanac.transforms.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains a trial by the command line's {@code train}, as a service would have it done. */
final class Worker implements TrialRequest.Starter {
  @Override
  public List<String> command(TrialRequest request) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(Main.class.getName(), "train", request.config().path()));
    line.addAll(List.of("--json", "--exit-with-parent"));
    line.addAll(
        request.resumed() != null
            ? List.of("--resume", request.resumed())
            : List.of(
                "--dataset",
                request.dataset(),
                "--run-id",
                request.runId(),
                "--trial",
                Json.line(request.origin())));
    request.config().overrides().forEach(value -> line.addAll(List.of("--set", value)));
    return line;
  }
}
