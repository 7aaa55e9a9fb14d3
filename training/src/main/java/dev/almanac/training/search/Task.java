package dev.almanac.training.search;

import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.List;

/**
 * A segment that a study gives to a process that joined it, in the files of the process's folder.
 *
 * @param trial as it stands before
 * @param until as {@link Segment#until}, or {@link Objective#TO_ITS_END}
 */
record Task(Trial trial, int until) {
  /** Below a study's folder: a folder for each process that joined it. */
  static final String GUESTS = "guests";

  private static final String HANDS = "hands.json";
  private static final String WORK = "work.json";

  /**
   * What a process that joined offers.
   *
   * @param parallel segments that it works on at once
   */
  record Hands(int parallel) {
    static Hands read(String folder) throws IOException {
      String path = Storage.resolve(folder, HANDS);
      return Storage.exists(path) ? Json.read(Storage.readText(path), Hands.class, path) : null;
    }

    void write(String folder) throws IOException {
      Storage.writeText(Storage.resolve(folder, HANDS), Json.line(this));
    }
  }

  /** What a process that joined is to work on. */
  record Work(List<Task> tasks) {
    static final Work NONE = new Work(List.of());

    Work {
      tasks = List.copyOf(tasks);
    }

    static Work read(String folder) throws IOException {
      String path = Storage.resolve(folder, WORK);
      return Storage.exists(path) ? Json.read(Storage.readText(path), Work.class, path) : NONE;
    }

    void write(String folder) throws IOException {
      Storage.writeText(Storage.resolve(folder, WORK), Json.line(this));
    }
  }

  /** Tells the segment from others of the same trial. */
  String name() {
    return "%s-%s".formatted(trial.number(), trial.reached());
  }

  /** The name of the file with what came of it. */
  String answer() {
    return "answer-%s.json".formatted(name());
  }

  boolean isOf(Segment segment) {
    return segment.number() == trial.number() && segment.trial().reached() == trial.reached();
  }
}
