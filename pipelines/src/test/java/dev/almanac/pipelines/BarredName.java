package dev.almanac.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Bars the name of a file in the next staging folder by a folder of that name that is not empty,
 * and frees it once a second try at the file has begun.
 */
final class BarredName implements AutoCloseable {
  private static final Pattern STAGING = Pattern.compile("\\..*\\.staging");

  private final Path datasets;
  private final String file;
  private final Set<String> tries = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "barred-name");

  private BarredName(Path datasets, String file) {
    this.datasets = datasets;
    this.file = file;
  }

  /**
   * @param file below the staging folder
   */
  static BarredName watch(Path datasets, String file) {
    BarredName barred = new BarredName(datasets, file);
    barred.thread.start();
    return barred;
  }

  /** How many tries at the file were seen. */
  int tries() {
    return tries.size();
  }

  private void run() {
    try {
      Path staging = null;
      while (staging == null) {
        Thread.sleep(1);
        // Once the schema is there the name is this dataset's, whoever else looks at the folder.
        staging =
            find(datasets, STAGING).stream()
                .filter(folder -> Files.exists(folder.resolve("schema.json")))
                .findFirst()
                .orElse(null);
      }
      Path name = staging.resolve(file);
      Path inside = Files.createDirectories(name).resolve("in-the-way");
      Files.createFile(inside);
      Pattern written = Pattern.compile(Pattern.quote(name.getFileName() + ".") + ".*\\.writing");
      while (tries.size() < 2) {
        Thread.sleep(1);
        find(name.getParent(), written).forEach(path -> tries.add(path.getFileName().toString()));
      }
      Files.delete(inside);
      Files.delete(name);
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> find(Path folder, Pattern name) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(p -> name.matcher(p.getFileName().toString()).matches()).toList();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
