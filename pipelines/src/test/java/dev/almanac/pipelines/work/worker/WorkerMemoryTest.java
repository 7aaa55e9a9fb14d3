package dev.almanac.pipelines.work.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerMemoryTest {
  private static final long GIB = 1L << 30;

  @Test
  void allHeapsTogetherLeaveRoomForPytorchAndForOthers() {
    for (int workers : List.of(1, 2, 3, 8, 32)) {
      WorkerMemory memory = WorkerMemory.of(workers, 100 * GIB, 0);
      assertTrue(workers * memory.heap() <= 40 * GIB, memory::text);
      assertTrue(memory.heap() <= 25 * GIB, memory::text);
      assertEquals(List.of("-Xmx" + (memory.heap() >> 20) + "m"), memory.flags());
    }
  }

  @Test
  void itIsSaid() {
    assertEquals(
        "2 workers with up to 4.3 GB of Java's heap each (-Xmx4096m), 1.1 GB of it for rows that stay decoded; PyTorch's memory comes beside it, 4.3 GB for each of the machine's 21.5 GB",
        WorkerMemory.of(2, 20 * GIB, 0).text());
    assertEquals(
        "1 worker with up to 4.3 GB of Java's heap, 1.1 GB of it for rows that stay decoded; PyTorch's memory comes beside it, 12.9 GB of the machine's 21.5 GB",
        WorkerMemory.of(1, 20 * GIB, 4 * GIB).text());
    assertEquals(List.of(), WorkerMemory.of(1, 20 * GIB, 4 * GIB).flags());
  }
}
