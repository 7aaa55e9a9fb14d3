package dev.almanac.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.training.data.shuffle.ShufflePlan;
import org.junit.jupiter.api.Test;

class ReaderMemoryTest {
  private final ReaderMemory memory = new ReaderMemory(new Object(), 30, 300, 700);

  @Test
  void noMoreWindowsAreAdmittedThanTheBytesAllow() {
    assertTrue(memory.reserve());
    assertTrue(memory.reserve());
    assertFalse(memory.reserve(), "700 bytes hold two windows of 300");
    memory.release(window());
    assertTrue(memory.reserve());
    assertFalse(memory.reserve());
  }

  @Test
  void aWindowsMemoryIsUsedAgain() {
    memory.reserve();
    LoadedWindow first = window();
    first.prepare(memory);
    long[] store = first.store();
    assertEquals(30, store.length);
    memory.release(first);
    memory.release(first);
    assertSame(store, memory.store());
    assertNotSame(store, memory.store(), "given back once");
  }

  private static LoadedWindow window() {
    return new LoadedWindow(ShufflePlan.of(new int[] {9}, 1, "hash", 1, 0).windows().get(0), 9);
  }
}
