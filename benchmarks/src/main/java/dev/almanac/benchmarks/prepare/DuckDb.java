package dev.almanac.benchmarks.prepare;

import dev.almanac.benchmarks.duckdb.DuckDbPrepare;
import dev.almanac.benchmarks.duckdb.PrepareSql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * DuckDB through its JDBC driver.
 *
 * <p>The driver unpacks its library of 70 MB at each start; here it lies unpacked beside a copy of
 * the driver without it, where the driver looks next.
 */
final class DuckDb implements Contestant {
  private static final String LIBRARY = "libduckdb_java.so_";

  private final Path folder;

  /**
   * @param work where the unpacked driver goes
   */
  DuckDb(Path work) {
    folder = work.resolve("duckdb");
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public void ready(Task task) throws IOException {
    Path driver = ClassPath.of(org.duckdb.DuckDBDriver.class);
    if (Files.exists(jar(driver))) {
      return;
    }
    Trees.empty(folder);
    Path unfinished = folder.resolve("unfinished.jar");
    try (ZipFile from = new ZipFile(driver.toFile());
        ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(unfinished))) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) from.stream().map(ZipEntry.class::cast)::iterator) {
        try (InputStream in = from.getInputStream(entry)) {
          if (entry.getName().startsWith(LIBRARY)) {
            try (OutputStream library = Files.newOutputStream(folder.resolve(entry.getName()))) {
              in.transferTo(library);
            }
          } else {
            to.putNextEntry(new ZipEntry(entry.getName()));
            in.transferTo(to);
          }
        }
      }
    }
    Files.move(unfinished, jar(driver));
  }

  @Override
  public List<String> command(Task task, Path output) {
    Path driver = jar(ClassPath.of(org.duckdb.DuckDBDriver.class));
    return List.of(
        ClassPath.java(),
        // Java only hands over five statements.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx64m",
        "-cp",
        ClassPath.joined(ClassPath.of(DuckDbPrepare.class), driver),
        DuckDbPrepare.class.getName(),
        task.data().glob(),
        output.toString(),
        task.order().text(),
        Integer.toString(task.threads()));
  }

  @Override
  public List<Path> files(Path output, int split) {
    return List.of(output.resolve(PrepareSql.SPLITS.get(split) + ".parquet"));
  }

  private Path jar(Path driver) {
    return folder.resolve(driver.getFileName());
  }
}
