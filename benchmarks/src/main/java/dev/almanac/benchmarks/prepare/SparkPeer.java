package dev.almanac.benchmarks.prepare;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Spark SQL and MLlib, of the module {@code benchmarks/spark-peer}, on its own class path. */
final class SparkPeer implements Contestant {
  private static final String MAIN = "dev.almanac.benchmarks.spark.SparkPrepare";

  private final Path home;
  private final String heap;

  /**
   * @param home the project's folder
   * @param heap such as {@code 6g}; all rows are cached in it
   */
  SparkPeer(Path home, String heap) {
    this.home = home;
    this.heap = heap;
  }

  @Override
  public String name() {
    return "spark-sql";
  }

  @Override
  public void ready(Task task) {}

  @Override
  public List<String> command(Task task, Path output) throws IOException {
    Path target = home.resolve("benchmarks/spark-peer/target");
    List<String> command = new ArrayList<>(List.of(ClassPath.java()));
    Files.readAllLines(home.resolve("runners-config/spark/jvm.options")).stream()
        .filter(line -> line.startsWith("-"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:ActiveProcessorCount=" + task.threads(),
            "-XX:+UseParallelGC",
            "-Xmx" + heap,
            "-Dlog4j2.configurationFile=" + home.resolve("runners-config/log4j2.properties"),
            "-cp",
            target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("class-path")).strip(),
            MAIN,
            task.data().folder().toString(),
            output.toString(),
            task.order().text(),
            Integer.toString(task.threads())));
    return command;
  }

  @Override
  public Map<String, String> environment(Task task) {
    return Map.of("SPARK_LOCAL_IP", "127.0.0.1");
  }

  @Override
  public List<Path> files(Path output, int split) throws IOException {
    return Trees.parquet(output, "split=" + split);
  }
}
