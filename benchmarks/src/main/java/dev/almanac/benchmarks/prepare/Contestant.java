package dev.almanac.benchmarks.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Somebody who prepares the task in a process of its own. */
interface Contestant {
  /** As on the command line and in tables. */
  String name();

  /** What may be done before, and is not measured: a build, a schema. */
  void ready(Task task) throws IOException, InterruptedException;

  /** The process that prepares the task into an empty folder. */
  List<String> command(Task task, Path output) throws IOException;

  /** What the process finds in its environment besides ours. */
  default Map<String, String> environment(Task task) {
    return Map.of();
  }

  /** The files of a split, in order: train, validation, test. */
  List<Path> files(Path output, int split) throws IOException;
}
