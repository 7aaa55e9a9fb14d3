package dev.almanac.pipelines.cli;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.runs.SyncRuns;
import java.util.Set;

@picocli.CommandLine.Command(
    name = "sync",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    header = "Send the tools of the config's track: what they could not be sent before.",
    description = {
      "%nRuns that were trained while a tracker was down, or whose process was killed. The next train and search do so, too.%n"
    })
final class RunsSyncCommand extends Command {
  RunsSyncCommand(Session session) {
    super(session);
  }

  @Override
  Set<Part> needs() {
    return Set.of();
  }

  @Override
  Result result(AlmanacConfig config) throws Exception {
    int sent = run(new SyncRuns(config));
    return Result.of("Sent: %s%n".formatted(sent)).with("sent", sent);
  }
}
