package dev.almanac.testdata;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Generates a folder of station files like those of GHCN-Daily: one CSV file a station, with the
 * layout, the gaps, the flags and the statistics of the real ones.
 *
 * <p>Stations are written at the same time on all cores; the files do not depend on that.
 * Thread-safe.
 */
public final class StationFiles {

  /** Told after each station. */
  @FunctionalInterface
  public interface Progress {
    void wrote(int stations, int ofStations, long bytes);
  }

  /**
   * What was written.
   *
   * @param files in order of station index
   * @param bytes before any compression
   */
  public record Written(List<Path> files, long rows, long bytes) {}

  private final StationFilesSpec spec;
  private final StationPlan plan;

  /**
   * @throws IllegalArgumentException if the stations cannot hold so many rows
   */
  public StationFiles(StationFilesSpec spec) {
    this.spec = spec;
    plan = StationPlan.of(spec);
  }

  public int stations() {
    return plan.stations();
  }

  public long rows() {
    return plan.rows();
  }

  public Written write(Path folder) throws IOException {
    return write(folder, (stations, ofStations, bytes) -> {});
  }

  /**
   * Writes all files into a folder, which is created if need be and must hold no CSV file yet. A
   * file appears under its name once it is complete.
   */
  public Written write(Path folder, Progress progress) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "Cannot write station files to %s: it must be a folder".formatted(folder));
    }
    Files.createDirectories(folder);
    refuseOthers(folder);
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), plan.stations());
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      ExecutorCompletionService<Done> completion = new ExecutorCompletionService<>(executor);
      for (int index = 0; index < plan.stations(); index++) {
        int station = index;
        completion.submit(() -> writeStation(station, folder));
      }
      return collect(completion, progress);
    } finally {
      executor.shutdownNow();
    }
  }

  private Written collect(ExecutorCompletionService<Done> completion, Progress progress)
      throws IOException {
    Path[] files = new Path[plan.stations()];
    long bytes = 0;
    try {
      for (int done = 1; done <= files.length; done++) {
        Done station = completion.take().get();
        files[station.index] = station.file;
        bytes += station.bytes;
        progress.wrote(done, files.length, bytes);
      }
    } catch (ExecutionException e) {
      throw new IOException(
          "Cannot write station files: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot write station files: interrupted");
    }
    return new Written(List.of(files), plan.rows(), bytes);
  }

  private record Done(int index, Path file, long bytes) {}

  private Done writeStation(int index, Path folder) throws IOException {
    StationFile station = plan.file(index);
    boolean compressed = spec.compression().compresses(index);
    Path file = folder.resolve(station.id() + (compressed ? ".csv.gz" : ".csv"));
    Path unfinished = folder.resolve("." + file.getFileName() + ".part");
    long bytes;
    try {
      try (OutputStream plain = Files.newOutputStream(unfinished);
          OutputStream out = compressed ? new GzipFile(new BufferedOutputStream(plain)) : plain) {
        bytes = station.write(out);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    return new Done(index, file, bytes);
  }

  /** A glob over the folder would take the files of an earlier call for stations of this one. */
  private static void refuseOthers(Path folder) throws IOException {
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.{csv,csv.gz}")) {
      found.forEach(others::add);
    }
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot write station files to %s: the folder must hold no CSV file yet (it holds %d)"
              .formatted(folder, others.size()));
    }
  }
}
