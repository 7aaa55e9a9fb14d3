package dev.almanac.transforms.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 300;

  @TempDir Path folder;

  @Test
  void writersThatMakeTheSameFoldersDoNotDisturbEachOther() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = "file-" + writer;
      writers.add(
          threads.submit(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  start.await();
                  Path file = folder.resolve(Path.of("round-" + round, "a", "b", name));
                  try (OutputStream out = Storage.create(file.toString())) {
                    out.write(1);
                  }
                }
                return null;
              }));
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    threads.shutdown();
    for (int round = 0; round < ROUNDS; round++) {
      assertEquals(
          WRITERS, folder.resolve(Path.of("round-" + round, "a", "b")).toFile().list().length);
    }
  }

  @Test
  void aFileWhereAFolderIsNeededIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("out"), "a file");
    String path = file.resolve("a/b/c").toString();
    String error = assertThrows(ForeseenException.class, () -> Storage.create(path)).getMessage();
    assertTrue(error.contains(file + " is a file and not a folder"), error);
  }
}
