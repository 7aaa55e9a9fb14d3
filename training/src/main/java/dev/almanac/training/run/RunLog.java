package dev.almanac.training.run;

import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a run writes while it trains: {@code metrics.jsonl} and {@code log.txt}.
 *
 * <p>Object stores cannot append, so each write is the whole file, which is a line an epoch.
 */
final class RunLog {
  private final Run run;
  private final StringBuilder epochs = new StringBuilder();
  private final StringBuilder log = new StringBuilder();

  RunLog(Run run) {
    this.run = run;
  }

  /** Goes on with what stands there already: the log, and this many epochs. */
  void keep(int ended) throws IOException {
    String said = run.path(Run.LOG);
    log.append(Storage.exists(said) ? Storage.readText(said) : "");
    for (EpochRecord epoch : run.epochs()) {
      if (epoch.epoch() <= ended) {
        epochs.append(Json.line(epoch)).append('\n');
      }
    }
  }

  void epoch(EpochRecord epoch) throws IOException {
    epochs.append(Json.line(epoch)).append('\n');
    Storage.writeText(run.path(Run.EPOCHS), epochs.toString());
  }

  void line(String text) throws IOException {
    log.append(Instant.now().truncatedTo(ChronoUnit.SECONDS)).append(' ').append(text).append('\n');
    Storage.writeText(run.path(Run.LOG), log.toString());
  }
}
