package dev.almanac.pipelines.work.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialDevicesTest {
  @TempDir Path driver;

  private static Map<String, String> visible(String devices) {
    return Map.of(TrialDevices.VISIBLE, devices);
  }

  @Test
  void eachProcessGetsTheDeviceThatTheFewestHave() throws IOException {
    for (String bus : new String[] {"0000:00:04.0", "0000:00:05.0", "0000:00:06.0"}) {
      Files.createDirectory(driver.resolve(bus));
    }
    TrialDevices devices = TrialDevices.of(Map.of(), driver);
    assertEquals("0", devices.take());
    assertEquals("1", devices.take());
    assertEquals("2", devices.take());
    devices.release("1");
    assertEquals("1", devices.take());
    assertEquals("0", devices.take());
  }

  @Test
  void whatTheProcessItselfMaySeeIsHandedOut() throws IOException {
    Files.createDirectory(driver.resolve("0000:00:04.0"));
    TrialDevices devices = TrialDevices.of(visible("3, GPU-5d1e"), driver);
    assertEquals("3", devices.take());
    assertEquals("GPU-5d1e", devices.take());
    assertEquals("3", devices.take());
  }

  @Test
  void withoutDevicesThereIsNone() throws IOException {
    assertNull(TrialDevices.of(visible(""), driver).take());
    assertNull(TrialDevices.of(Map.of(), driver.resolve("none")).take());
    TrialDevices.of(Map.of(), driver).release(null);
  }
}
