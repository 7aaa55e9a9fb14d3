package dev.almanac.pipelines.track.lineage;

import dev.almanac.transforms.problem.RequestException;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells OpenLineage of work that keeps no record of its own: that it began, and how it ended. A
 * target that is down is said once and changes nothing of the work; its events wait in the outbox.
 */
public final class Lineage {
  /** Tells nobody. */
  public static final Lineage NONE = new Lineage(null, text -> {});

  /** How long the end of the work may wait for a target that answers. */
  private static final long CLOSING_SECONDS = 30;

  private final Outbox outbox;
  private final Consumer<String> note;

  private Lineage(Outbox outbox, Consumer<String> note) {
    this.outbox = outbox;
    this.note = note;
  }

  /**
   * Tells a target.
   *
   * @param to the address of a server, or a file
   * @param apiKey that says who asks; null for nobody
   * @param waiting the folder of events that could not be sent
   * @param note is told, once, that the target is down
   */
  public static Lineage of(String to, String apiKey, String waiting, Consumer<String> note) {
    return new Lineage(new Outbox(waiting, LineageTarget.of(to, apiKey), note), note);
  }

  /** Work that may fail. */
  @FunctionalInterface
  public interface Task<R> {
    R run() throws IOException, RequestException;
  }

  /**
   * Does some work, and tells of it.
   *
   * @param made what a result is to the subject
   * @param isCancelled asked when the work has failed
   */
  public <R, M> R tell(
      Subject<M> subject, Task<R> task, Function<R, M> made, BooleanSupplier isCancelled)
      throws IOException, RequestException {
    if (outbox == null) {
      return task.run();
    }
    Telling<M> telling = new Telling<>(subject);
    telling.event(EventType.START, null, null);
    try {
      R result = task.run();
      telling.event(EventType.COMPLETE, made.apply(result), null);
      return result;
    } catch (IOException | RequestException | RuntimeException e) {
      boolean cancelled = isCancelled.getAsBoolean();
      telling.event(
          cancelled ? EventType.ABORT : EventType.FAIL,
          null,
          cancelled ? null : e.getMessage() == null ? e.toString() : e.getMessage());
      throw e;
    } finally {
      telling.close();
    }
  }

  /**
   * Sends what waits.
   *
   * @return how many events were sent
   * @throws IOException when the target is down
   */
  public int flush() throws IOException, InterruptedException {
    return outbox == null ? 0 : outbox.flush();
  }

  /** The events of one piece of work, sent on a thread of its own. */
  private final class Telling<M> {
    private final Subject<M> subject;
    private final Event event;
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "track-openlineage");
              thread.setDaemon(true);
              return thread;
            });
    private boolean isDown;

    Telling(Subject<M> subject) {
      this.subject = subject;
      this.event =
          new Event(UUID.randomUUID(), subject.config() + "." + subject.what(), subject.what());
    }

    void event(EventType type, M made, String reason) {
      Instant at = Instant.now();
      thread.execute(
          () -> {
            try {
              send(event.line(type, at, reason, data(made)));
            } catch (IOException | RuntimeException e) {
              say(e);
            }
          });
    }

    /** Nothing when it cannot be said: an event is told all the same. */
    private Data data(M made) {
      try {
        return subject.data(made);
      } catch (IOException | RuntimeException e) {
        note.accept(
            "%s is told of this without its data: %s"
                .formatted(
                    outbox.target().name(),
                    e.getMessage() == null ? e.toString() : e.getMessage()));
        return new Data(List.of(), List.of());
      }
    }

    private void send(String line) throws IOException {
      boolean isSent = false;
      try {
        if (!isDown) {
          outbox.send(line);
          isSent = true;
        }
      } catch (IOException | RuntimeException e) {
        say(e);
      } catch (InterruptedException e) {
        // The work is over: it waits for nobody.
        Thread.currentThread().interrupt();
      }
      if (!isSent) {
        outbox.keep(line);
      }
    }

    private void say(Exception e) {
      if (!isDown) {
        isDown = true;
        note.accept(
            "%s is not told of this now, which is sent later: %s"
                .formatted(
                    outbox.target().name(),
                    e.getMessage() == null ? e.toString() : e.getMessage()));
      }
    }

    void close() {
      thread.shutdown();
      try {
        if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
          thread.shutdownNow();
          thread.awaitTermination(1, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        thread.shutdownNow();
        Thread.currentThread().interrupt();
      }
    }
  }
}
