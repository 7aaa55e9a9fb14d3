package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.duckdb.PrepareSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ours, through the launcher, on one of the engines. */
final class Almanac implements Contestant {
  /** Where the launcher looks for more flags of the JVM. */
  static final String JAVA_OPTIONS = "ALMANAC_JAVA_OPTS";

  private final Path home;
  private final Path work;
  private final String runner;
  private final List<String> engineOptions;
  private final Set<Path> ready = new HashSet<>();

  /**
   * @param home the project's folder
   * @param work for schemas and what is tried first
   * @param engineOptions what stands behind the {@code --}; {@code %d} is the number of threads
   */
  Almanac(Path home, Path work, String runner, String... engineOptions) {
    this.home = home;
    this.work = work;
    this.runner = runner;
    this.engineOptions = List.of(engineOptions);
  }

  @Override
  public String name() {
    return "almanac-" + runner;
  }

  /** Lets the launcher build and try itself on the sample, and infers the schema once. */
  @Override
  public void ready(Task task) throws IOException, InterruptedException {
    if (ready.isEmpty()) {
      Path tried = Trees.empty(work.resolve("tried"));
      String sample = home.resolve("testdata/ghcn-sample/*.csv*").toString();
      call(prepare(sample, tried, tried.resolve("schema.json"), task));
      Trees.delete(tried);
    }
    Path schema = schema(task);
    if (ready.add(schema) && !Files.exists(schema)) {
      System.err.printf("inferring the schema of %s ...%n", task.data().folder().getFileName());
      call(
          List.of(
              home.resolve("almanac").toString(),
              "schema",
              home.resolve("benchmarks/prepare.yaml").toString(),
              "--set",
              set("source.files", "[\"%s\"]".formatted(task.data().glob())),
              "--set",
              set("schema", "\"%s\"".formatted(schema))));
    }
  }

  @Override
  public List<String> command(Task task, Path output) {
    return prepare(task.data().glob(), output, schema(task), task);
  }

  private List<String> prepare(String glob, Path output, Path schema, Task task) {
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("almanac").toString(),
                "prepare",
                home.resolve("benchmarks/prepare.yaml").toString(),
                "--runner",
                runner,
                "--set",
                set("source.files", "[\"%s\"]".formatted(glob)),
                "--set",
                set("schema", "\"%s\"".formatted(schema)),
                "--set",
                set("output.dataset", "\"%s\"".formatted(output)),
                "--set",
                set("output.order", task.order().text())));
    if (!engineOptions.isEmpty()) {
      command.add("--");
      engineOptions.forEach(option -> command.add(option.formatted(task.threads())));
    }
    return command;
  }

  @Override
  public Map<String, String> environment(Task task) {
    // With as many processors as threads nothing needs to be said; flags may cost the launcher's
    // shortcuts.
    if (task.threads() >= Runtime.getRuntime().availableProcessors()) {
      return Map.of();
    }
    Map<String, String> environment = new HashMap<>();
    environment.put(
        JAVA_OPTIONS,
        "-XX:ActiveProcessorCount=%d %s"
            .formatted(task.threads(), System.getenv().getOrDefault(JAVA_OPTIONS, "")));
    return environment;
  }

  @Override
  public List<Path> files(Path output, int split) throws IOException {
    return Trees.parquet(output, PrepareSql.SPLITS.get(split));
  }

  private Path schema(Task task) {
    return task.data().folder().resolveSibling(task.data().folder().getFileName() + ".schema.json");
  }

  private static String set(String path, String value) {
    return path + "=" + value;
  }

  private void call(List<String> command) throws IOException, InterruptedException {
    Path log = work.resolve("ready.txt");
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(
          "Cannot make %s ready: '%s' ended with %d%n%s"
              .formatted(name(), String.join(" ", command), exit, Files.readString(log)));
    }
  }
}
