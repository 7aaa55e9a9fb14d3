package dev.almanac.pipelines.track.lineage;

import dev.almanac.training.run.Run;
import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.RunStatus;
import dev.almanac.training.track.RunView;
import dev.almanac.training.track.Tracker;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Tells OpenLineage of trainings: that one began, and how it ended. One that goes on after it had
 * ended is another run there.
 */
public final class LineageTracker implements Tracker {
  /** A file of the run's folder. */
  static final String FILE = "track/openlineage.json";

  private final LineageTarget target;
  private final Consumer<String> note;

  /**
   * @param to the address of a server, or a file
   * @param apiKey that says who asks; null for nobody
   * @param note is told of an event that was refused for good
   */
  public LineageTracker(String to, String apiKey, Consumer<String> note) {
    this.target = LineageTarget.of(to, apiKey);
    this.note = note;
  }

  /**
   * What was told of a run.
   *
   * @param to whom
   * @param attempt from 1; another one each time that the run goes on after an end
   * @param last event
   */
  private record Told(String to, int attempt, EventType last) {}

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public String key() {
    return "openlineage";
  }

  /** A file may be away, too, and a run that was killed has its end told by whoever looks next. */
  @Override
  public boolean isRemote() {
    return true;
  }

  @Override
  public void show(RunView view) throws IOException, InterruptedException {
    Run run = view.run();
    RunRecord record = run.record();
    Told told = told(run);
    boolean isOver = told.last != null && told.last != EventType.START;
    if (told.last == null || isOver && record.status() == RunStatus.RUNNING) {
      int attempt = told.attempt + 1;
      Instant at = attempt == 1 ? Instant.parse(record.created()) : Instant.now();
      told = tell(run, attempt, EventType.START, at, null);
    }
    EventType end = end(record.status());
    if (end != null && told.last == EventType.START) {
      Instant at = record.finished() == null ? Instant.now() : Instant.parse(record.finished());
      tell(run, told.attempt, end, at, record.reason());
    }
  }

  private Told told(Run run) throws IOException {
    String path = run.path(FILE);
    if (Storage.exists(path)) {
      Told told = Json.read(Storage.readText(path), Told.class, path);
      if (told.to.equals(target.name())) {
        return told;
      }
    }
    return new Told(target.name(), 0, null);
  }

  private Told tell(Run run, int attempt, EventType type, Instant at, String reason)
      throws IOException, InterruptedException {
    RunRecord record = run.record();
    String id = "%s %s %s".formatted(record.runId(), record.created(), attempt);
    String config =
        record.config() == null
            ? record.dataset().name()
            : record.config().path("name").asText(record.dataset().name());
    Event event =
        new Event(
            UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)),
            config + ".train",
            "train");
    Data data = new TrainLineage(run).data(type == EventType.COMPLETE);
    try {
      target.send(event.line(type, at, type == EventType.FAIL ? reason : null, data));
    } catch (LineageException refused) {
      note.accept(refused.getMessage());
    }
    Told told = new Told(target.name(), attempt, type);
    Storage.writeText(run.path(FILE), Json.pretty(told));
    return told;
  }

  /** Null while more may come of it. */
  private static EventType end(RunStatus status) {
    return switch (status) {
      case RUNNING, PAUSED -> null;
      case FINISHED -> EventType.COMPLETE;
      case FAILED, LOST -> EventType.FAIL;
      case STOPPED, PRUNED, CANCELLED -> EventType.ABORT;
    };
  }
}
