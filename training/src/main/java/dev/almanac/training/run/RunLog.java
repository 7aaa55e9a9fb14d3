package dev.almanac.training.run;

import dev.almanac.training.lease.Lease;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.json.JsonLines;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run writes while it trains: {@code metrics.jsonl}, {@code log.txt} and, in some searches,
 * {@code rungs.jsonl}.
 *
 * <p>Object stores cannot append, so each write is the whole file; it has a line for each epoch or
 * rung.
 */
public final class RunLog {
  private final Run run;
  private final Lease lease;
  private final StringBuilder epochs = new StringBuilder();
  private final List<RungRecord> rungs = new ArrayList<>();
  private final StringBuilder log = new StringBuilder();

  /**
   * @param lease of the run, without which nothing is written
   */
  public RunLog(Run run, Lease lease) {
    this.run = run;
    this.lease = lease;
  }

  /**
   * Goes on with what stands there already: the log, this many epochs, and the rungs up to a batch
   * of the next.
   *
   * @param batches of the epoch after those that have ended
   * @return what could not be read of it, and is lost
   */
  public List<String> keep(int ended, long batches) throws IOException {
    String said = run.path(Run.LOG);
    log.append(Storage.exists(said) ? Storage.readText(said) : "");
    JsonLines<EpochRecord> written = run.epochLines();
    for (EpochRecord epoch : written.values()) {
      if (epoch.epoch() <= ended) {
        epochs.append(Json.line(epoch)).append('\n');
      }
    }
    JsonLines<RungRecord> looks = run.rungLines();
    for (RungRecord rung : looks.values()) {
      if (rung.epoch() <= ended || rung.epoch() == ended + 1 && rung.steps() <= batches) {
        rungs.add(rung);
      }
    }
    List<String> lost = new ArrayList<>(written.damage());
    lost.addAll(looks.damage());
    return lost;
  }

  /** The SHA-256 of the lines of the epochs that have ended. */
  public String epochsHash() {
    return Json.sha256(epochs.toString().getBytes(StandardCharsets.UTF_8));
  }

  void epoch(EpochRecord epoch) throws IOException {
    lease.confirm();
    epochs.append(Json.line(epoch)).append('\n');
    Storage.writeText(run.path(Run.EPOCHS), epochs.toString());
  }

  /** Takes the place of what was measured there before. */
  void rung(RungRecord rung) throws IOException {
    lease.confirm();
    rungs.removeIf(rung::isAt);
    rungs.add(rung);
    StringBuilder text = new StringBuilder();
    rungs.forEach(each -> text.append(Json.line(each)).append('\n'));
    Storage.writeText(run.path(Run.RUNGS), text.toString());
  }

  void line(String text) throws IOException {
    log.append(Instant.now().truncatedTo(ChronoUnit.SECONDS)).append(' ').append(text).append('\n');
    Storage.writeText(run.path(Run.LOG), log.toString());
  }
}
