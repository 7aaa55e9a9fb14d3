package dev.almanac.pipelines.track.lineage;

import dev.almanac.training.lease.Lease;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Events that could not be sent, each a file of a folder, sent later in the order in which they
 * were kept.
 *
 * @param note is told of an event that was refused for good
 */
record Outbox(String folder, LineageTarget target, Consumer<String> note) {
  private static final AtomicInteger KEPT = new AtomicInteger();
  private static final String ENDING = ".json";

  /** Sends an event after those that wait. */
  void send(String event) throws IOException, InterruptedException {
    flush();
    give(event);
  }

  private void give(String event) throws IOException, InterruptedException {
    try {
      target.send(event);
    } catch (LineageException refused) {
      note.accept(refused.getMessage());
    }
  }

  /** Keeps an event for later. */
  void keep(String event) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "%013d-%06d-%s%s",
            System.currentTimeMillis(),
            KEPT.getAndIncrement(),
            UUID.randomUUID(),
            ENDING);
    Storage.writeText(Storage.resolve(folder, name), event);
  }

  /**
   * Sends what waits, unless another process does.
   *
   * @return how many events were sent
   * @throws IOException when one cannot be sent now; it and those after it wait on
   */
  int flush() throws IOException, InterruptedException {
    List<String> waiting = waiting();
    if (waiting.isEmpty()) {
      return 0;
    }
    int sent = 0;
    try (Lease lease = Lease.take(folder, "send what waits in %s".formatted(folder))) {
      for (String name : waiting()) {
        lease.confirm();
        String path = Storage.resolve(folder, name);
        give(Storage.readText(path));
        Storage.delete(List.of(path));
        sent++;
      }
    } catch (LeaseException another) {
      return 0;
    }
    return sent;
  }

  private List<String> waiting() throws IOException {
    return Storage.pathsBelow(folder).stream()
        .filter(name -> name.matches("[0-9]{13}-[^/]*" + ENDING))
        .sorted()
        .toList();
  }
}
