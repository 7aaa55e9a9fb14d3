package dev.almanac.training.run.change;

import dev.almanac.training.run.RunRecord;
import dev.almanac.training.run.change.Deletion.State;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.storage.Storage;
import dev.almanac.transforms.storage.StoredFile;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The deleted runs of a folder: below {@value #FOLDER}, each in a folder of its name, with a file
 * beside it that says since when.
 *
 * <p>On a local disk a run moves by one rename. Object stores have none: its files move one by one,
 * the record first when it is deleted and last when it comes back, so that the run is in one of the
 * two places at any time. What is going to be done is written down before, so that a kill leaves
 * nothing that the next change does not end.
 */
public record DeletedRuns(String folder) {
  public static final String FOLDER = ".deleted";
  private static final String PREFIX = "deleted-";
  private static final String SUFFIX = ".json";

  /** Where they lie: a folder of runs itself. */
  public String place() {
    return Storage.resolve(folder, FOLDER);
  }

  /** Each that is there, by their names; of what a killed process left its last word. */
  public List<Deletion> all() throws IOException {
    List<Deletion> all = new ArrayList<>();
    for (StoredFile file : Storage.match(place(), PREFIX + "*" + SUFFIX)) {
      Deletion deletion;
      try {
        deletion = Json.read(Storage.readText(file.path()), Deletion.class, file.path());
      } catch (java.io.FileNotFoundException gone) {
        continue;
      }
      if (deletion.formatVersion() != Deletion.FORMAT_VERSION
          || deletion.run() == null
          || deletion.state() == null
          || deletion.since() == null) {
        throw new ForeseenException(
            "Cannot read %s: it is damaged or of another version".formatted(file.path()));
      }
      all.add(deletion);
    }
    return all;
  }

  void delete(String name) throws IOException {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Deletion deletion = new Deletion(Deletion.FORMAT_VERSION, name, State.DELETING, now);
    write(deletion);
    finish(deletion);
  }

  void restore(String name) throws IOException {
    if (Storage.exists(Storage.resolve(folder, name, RunRecord.FILE))) {
      throw new ForeseenException(
          "Cannot restore run %s: there is a run of its name in %s; delete or move that away first"
              .formatted(name, folder));
    }
    Deletion deletion = known(name).in(State.RESTORING);
    write(deletion);
    finish(deletion);
  }

  void purge(String name) throws IOException {
    Deletion deletion = known(name).in(State.PURGING);
    write(deletion);
    finish(deletion);
  }

  /** Does to its end what a killed process had begun. */
  void finishWhatWasBegun() throws IOException {
    for (Deletion deletion : all()) {
      if (deletion.state() != State.DELETED) {
        finish(deletion);
      }
    }
  }

  private void finish(Deletion deletion) throws IOException {
    String run = Storage.resolve(folder, deletion.run());
    String away = Storage.resolve(place(), deletion.run());
    switch (deletion.state()) {
      case DELETING -> {
        move(run, away, true);
        write(deletion.in(State.DELETED));
      }
      case RESTORING -> {
        move(away, run, false);
        Storage.delete(List.of(path(deletion.run())));
      }
      case PURGING -> {
        Storage.deleteFolder(away);
        Storage.delete(List.of(path(deletion.run())));
      }
      case DELETED -> {}
    }
  }

  private static void move(String from, String to, boolean recordFirst) throws IOException {
    boolean renamed = !from.contains("://") && Storage.below(to).isEmpty();
    if (renamed) {
      Storage.deleteFolder(to);
      Storage.rename(List.of(from), List.of(to));
      return;
    }
    List<String> files = new ArrayList<>(Storage.pathsBelow(from));
    Comparator<String> recordLast = Comparator.comparing(RunRecord.FILE::equals);
    files.sort(recordFirst ? recordLast.reversed() : recordLast);
    for (String file : files) {
      Storage.rename(List.of(Storage.resolve(from, file)), List.of(Storage.resolve(to, file)));
    }
    Storage.deleteFolder(from);
  }

  /** Of one that lost its file, from now on. */
  private Deletion known(String name) throws IOException {
    for (Deletion deletion : all()) {
      if (deletion.run().equals(name)) {
        return deletion;
      }
    }
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Deletion(Deletion.FORMAT_VERSION, name, State.DELETED, now);
  }

  private void write(Deletion deletion) throws IOException {
    Storage.writeText(path(deletion.run()), Json.pretty(deletion));
  }

  private String path(String name) {
    return Storage.resolve(place(), PREFIX + name + SUFFIX);
  }
}
