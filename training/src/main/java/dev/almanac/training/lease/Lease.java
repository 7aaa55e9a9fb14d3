package dev.almanac.training.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The right to write in a folder (of a run or a study), held by one process at a time until it is
 * closed. Works the same on local disks and object stores.
 *
 * <p>A process first writes its name and then looks for others: when two come at once, one or
 * neither gets the lease. The lease of a process that has ended is taken over at once on the same
 * machine, and on another after {@link #SILENCE} without a sign of life, by the clock of the store.
 * A process that wakes from a longer sleep learns from {@link #confirm} that its lease was taken
 * over. Thread-safe.
 */
public final class Lease implements AutoCloseable {
  /** How often a process says that it lives. */
  static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

  /** After so long without a sign a process of another machine is taken for dead. */
  public static final Duration SILENCE = Duration.ofMinutes(10);

  private static final int TRIES = 4;

  /** Paths of what this process holds: its name in a folder may be of a lease long given back. */
  private static final Set<String> HELD = ConcurrentHashMap.newKeySet();

  private final String what;
  private final LeaseHolder self;
  private final List<LeaseHolder> before;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lease");
            thread.setDaemon(true);
            return thread;
          });

  private Lease(String what, LeaseHolder self, List<LeaseHolder> before) {
    this.what = what;
    this.self = self;
    this.before = before;
    timer.scheduleWithFixedDelay(
        this::sign, SIGN_OF_LIFE.toMillis(), SIGN_OF_LIFE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lease of a folder, which need not exist yet.
   *
   * @param what is going to be done, such as {@code go on with run x}, for the message
   * @throws LeaseException naming who holds it
   */
  public static Lease take(String folder, String what) throws IOException {
    for (int left = TRIES - 1; ; left--) {
      LeaseHolder self = LeaseHolder.here(folder);
      if (!HELD.add(self.path())) {
        throw new LeaseException("Cannot %s: this process is at it already".formatted(what));
      }
      boolean taken = false;
      try {
        List<LeaseHolder> living = living(folder, Instant.now());
        if (living.isEmpty()) {
          write(self);
          // By the store's clock, which ours may be far from.
          List<LeaseHolder> all = LeaseHolder.of(folder);
          Instant now = Instant.ofEpochMilli(written(all, folder));
          living = all.stream().filter(h -> !h.isThisProcess() && !h.isGone(now)).toList();
          if (living.isEmpty()) {
            List<LeaseHolder> gone = all.stream().filter(h -> !h.isThisProcess()).toList();
            Storage.delete(gone.stream().map(LeaseHolder::path).toList());
            taken = true;
            return new Lease(what, self, gone);
          }
          Storage.delete(List.of(self.path()));
        }
        if (left == 0) {
          throw held(what, living.get(0));
        }
      } finally {
        if (!taken) {
          HELD.remove(self.path());
        }
      }
      // Somebody else may only have been asking, as we were.
      pause();
    }
  }

  /** Who works in a folder now, as far as can be seen; nothing is written. */
  public static Optional<LeaseHolder> holder(String folder) throws IOException {
    List<LeaseHolder> living = living(folder, Instant.now());
    String self = LeaseHolder.here(folder).path();
    if (living.isEmpty() && HELD.contains(self)) {
      return Optional.of(LeaseHolder.here(folder));
    }
    return living.stream().findFirst();
  }

  /** Those that held the lease when they ended; none when the last one gave it back. */
  public List<LeaseHolder> before() {
    return before;
  }

  /**
   * Checks that nobody has taken over, before something is written that a successor may have
   * written too.
   *
   * @throws LeaseException when somebody has
   */
  public void confirm() throws IOException {
    if (!Storage.exists(self.path())) {
      throw new LeaseException(
          "Cannot %s any longer: this process gave no sign of life for %s minutes and another has taken over"
              .formatted(what, SILENCE.toMinutes()));
    }
  }

  /** Gives the lease back; a sign that is being given is given to its end. */
  @Override
  public void close() throws IOException {
    timer.shutdown();
    try {
      timer.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      Storage.delete(List.of(self.path()));
    } finally {
      HELD.remove(self.path());
    }
  }

  private void sign() {
    try {
      // Never in a folder that somebody has taken over.
      if (Storage.exists(self.path())) {
        write(self);
      }
    } catch (IOException | RuntimeException missed) {
      // The next sign may be seen: there is time for many.
    }
  }

  private static void write(LeaseHolder self) throws IOException {
    byte[] text = "held by %s%n".formatted(self).getBytes(UTF_8);
    Storage.write(self.path(), out -> out.write(text));
  }

  private static List<LeaseHolder> living(String folder, Instant now) throws IOException {
    return LeaseHolder.of(folder).stream()
        .filter(holder -> !holder.isThisProcess() && !holder.isGone(now))
        .toList();
  }

  private static long written(List<LeaseHolder> all, String folder) throws IOException {
    return all.stream()
        .filter(LeaseHolder::isThisProcess)
        .mapToLong(LeaseHolder::alive)
        .findFirst()
        .orElseThrow(
            () ->
                new LeaseException(
                    "Cannot work in %s: its files cannot be listed, so others at work there would not be seen"
                        .formatted(folder)));
  }

  private static LeaseException held(String what, LeaseHolder holder) {
    Instant now = Instant.now();
    return new LeaseException(
        "Cannot %s: %s is at it%s; %s"
            .formatted(
                what,
                holder,
                holder.lastSign(now),
                holder.isHere()
                    ? "let it end, or end it, and try again"
                    : "if it has ended, try again %s minutes after its last sign"
                        .formatted(SILENCE.toMinutes())));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(20, 200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("Cannot wait: interrupted");
    }
  }
}
