package dev.almanac.training.search;

import dev.almanac.training.lease.Lease;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The processes that joined a study, as its leader sees them: who is there, what each was given and
 * what came of it. Not thread-safe.
 */
final class Guests {
  private final String folder;

  /** By guest: what it was given and has not answered. */
  private final Map<String, List<Task>> given = new TreeMap<>();

  Guests(String study) {
    this.folder = Storage.resolve(study, Task.GUESTS);
  }

  /**
   * One look.
   *
   * @param answers what came of tasks since the last look
   * @param freed tasks of guests that are gone, and that somebody else may do
   * @param hands by guest that is there: how many more tasks it takes
   */
  record Look(Map<Task, Answer> answers, List<Task> freed, Map<String, Integer> hands) {}

  /** Looks who is there; reads files, and changes none but those of guests that are gone. */
  Look look() throws IOException {
    Map<Task, Answer> answers = new LinkedHashMap<>();
    List<Task> freed = new ArrayList<>();
    Map<String, Integer> hands = new TreeMap<>();
    for (String guest : names()) {
      String at = Storage.resolve(folder, guest);
      boolean isThere = Lease.holder(at).isPresent();
      // After a change of leader: what the guest is at by now.
      List<Task> tasks = given.computeIfAbsent(guest, unknown -> new ArrayList<>(work(at)));
      for (Task task : List.copyOf(tasks)) {
        String path = Storage.resolve(at, task.answer());
        if (Storage.exists(path)) {
          answers.put(task, Json.read(Storage.readText(path), Answer.class, path));
          tasks.remove(task);
        }
      }
      if (isThere) {
        Task.Hands offered = Task.Hands.read(at);
        if (offered != null) {
          hands.put(guest, offered.parallel() - tasks.size());
        }
      } else {
        freed.addAll(tasks);
        given.remove(guest);
        Storage.deleteFolder(at);
      }
    }
    return new Look(answers, freed, hands);
  }

  private static List<Task> work(String at) {
    try {
      return Task.Work.read(at).tasks();
    } catch (IOException unreadable) {
      // It was being written when its leader was killed: the guest has not begun it either.
      return List.of();
    }
  }

  /** Everything that guests were given and have not answered. */
  List<Task> given() {
    return given.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Gives guests more to do.
   *
   * @param next a task; null when there is none
   */
  void give(Look look, Supplier<Task> next) throws IOException {
    for (Map.Entry<String, Integer> hands : look.hands().entrySet()) {
      List<Task> tasks = given.get(hands.getKey());
      boolean isMore = false;
      for (int free = hands.getValue(); free > 0; free--) {
        Task task = next.get();
        if (task == null) {
          break;
        }
        tasks.add(task);
        isMore = true;
      }
      if (isMore) {
        new Task.Work(tasks).write(Storage.resolve(folder, hands.getKey()));
      }
    }
  }

  private List<String> names() throws IOException {
    return Storage.pathsBelow(folder).stream()
        .filter(path -> path.contains("/"))
        .map(path -> path.substring(0, path.indexOf('/')))
        .distinct()
        .toList();
  }
}
