package dev.almanac.benchmarks.prepare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The least that any preparation must do: read the bytes once, write the output once. */
final class Floor {
  private static final int BUFFER = 1 << 20;

  private Floor() {}

  /** Seconds to read all bytes of files; with a warm page cache, a copy out of memory. */
  static double read(List<Path> files, int threads) throws IOException, InterruptedException {
    return timed(
        threads,
        files.stream()
            .map(
                file ->
                    (Work)
                        () -> {
                          ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
                          try (FileChannel in = FileChannel.open(file)) {
                            while (in.read(buffer.clear()) >= 0) {
                              // Only to have read it.
                            }
                          }
                        })
            .toList());
  }

  /** Seconds to write that many bytes into a file a thread, into the page cache. */
  static double write(Path folder, long bytes, int threads)
      throws IOException, InterruptedException {
    List<Work> works = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Path file = folder.resolve("floor-" + i);
      works.add(() -> fill(file, bytes / threads));
    }
    double seconds = timed(threads, works);
    for (int i = 0; i < threads; i++) {
      Files.delete(folder.resolve("floor-" + i));
    }
    return seconds;
  }

  private static void fill(Path file, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long left = bytes; left > 0; ) {
        buffer.clear().limit((int) Math.min(BUFFER, left));
        left -= out.write(buffer);
      }
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static double timed(int threads, List<Work> works)
      throws IOException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<Future<?>> running = new ArrayList<>();
      for (Work work : works) {
        running.add(
            pool.submit(
                () -> {
                  work.run();
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      pool.shutdown();
    }
  }
}
