package dev.almanac.pipelines.work.runs;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.work.Progress;
import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunListing;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.run.RunStore;
import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.util.List;

/** Finds the run that a training goes on with. */
public final class Unfinished {
  private Unfinished() {}

  /**
   * A run to go on with.
   *
   * @param named an id, the beginning of one, or a folder; null for the newest of a config of the
   *     same name that has not finished
   */
  public static Run find(AlmanacConfig config, String named, Progress progress) throws IOException {
    if (named != null) {
      return Runs.named(config, named);
    }
    RunListing listing = new RunStore(config.runs()).listing();
    listing.unreadable().forEach(run -> progress.line("Left out: " + run.reason()));
    List<Run> all =
        listing.runs().stream()
            .filter(run -> run.record().config() != null)
            .filter(run -> run.record().config().path("name").asText().equals(config.name()))
            .toList();
    List<Run> open =
        all.stream().filter(run -> run.record().status() != RunStatus.FINISHED).toList();
    if (open.isEmpty()) {
      String unread =
          listing.unreadable().isEmpty()
              ? ""
              : ", and %s cannot be read".formatted(listing.unreadable().size());
      throw new ForeseenException(
          "Cannot go on with a run of '%s' in %s: %s%s; `almanac train %s` makes a new one"
              .formatted(
                  config.name(),
                  config.runs(),
                  all.isEmpty() ? "there is none" : "all have finished (%s)".formatted(all.size()),
                  unread,
                  config.file()));
    }
    return open.get(open.size() - 1);
  }
}
