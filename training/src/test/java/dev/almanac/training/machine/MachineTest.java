package dev.almanac.training.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.manifest.FileHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines as Linux tells of them, in folders that look like their roots. */
class MachineTest {
  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void anIntelMachine() throws IOException {
    StringBuilder info = new StringBuilder();
    for (int thread = 0; thread < 4; thread++) {
      info.append("processor\t: %s\nmodel name\t: Xeon\n".formatted(thread))
          .append("physical id\t: 0\ncore id\t\t: %s\n".formatted(thread / 2))
          .append("flags\t\t: fpu avx2 fma sse4_2 avx512f ht\n\n");
    }
    file("proc/cpuinfo", info.toString());
    assertEquals(new Cpu("Xeon", 2, 4, List.of("avx2", "avx512f", "fma", "sse4_2")), Cpu.of(root));
  }

  @Test
  void anArmMachine() throws IOException {
    file(
        "proc/cpuinfo",
        "processor\t: 0\nFeatures\t: fp asimd sve bf16\nCPU implementer\t: 0x41\nCPU variant\t: 0x1\nCPU part\t: 0xd40\n");
    Cpu cpu = Cpu.of(root);
    assertTrue(cpu.model().contains("implementer 0x41 part 0xd40 variant 0x1"), cpu.model());
    assertEquals(List.of("asimd", "bf16", "sve"), cpu.flags());
    assertNull(cpu.cores());
  }

  @Test
  void aSystemThatTellsNothingHasWhatJavaKnows() {
    Hardware hardware = Hardware.of(root, 1234, List.of());
    assertEquals(1234, hardware.memoryBytes());
    assertNull(hardware.memoryLimit());
    assertNull(hardware.cpuLimit());
    assertEquals(Runtime.getRuntime().availableProcessors(), hardware.cpu().threads());
  }

  @Test
  void theTightestOfNestedControlGroupsBinds() throws IOException {
    file("proc/meminfo", "MemTotal:       16384000 kB\nMemAvailable:   1000 kB\n");
    file("proc/self/cgroup", "0::/kubepods/pod/container\n");
    file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
    file("sys/fs/cgroup/kubepods/pod/container/memory.max", "max\n");
    file("sys/fs/cgroup/kubepods/pod/container/cpu.max", "max 100000\n");
    file("sys/fs/cgroup/kubepods/pod/memory.max", "4294967296\n");
    file("sys/fs/cgroup/kubepods/cpu.max", "150000 100000\n");
    Hardware hardware = Hardware.of(root, 0, List.of());
    assertEquals(4294967296L, hardware.memoryLimit());
    assertEquals(1.5, hardware.cpuLimit());
    assertEquals(16384000L * 1024, hardware.memoryBytes());
  }

  @Test
  void controlGroupsOfVersionOneBindToo() throws IOException {
    file("proc/self/cgroup", "4:cpu,cpuacct:/docker/ab\n9:memory:/docker/ab\n");
    // In the container its own group is what is mounted.
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "50000\n");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    Hardware hardware = Hardware.of(root, 1L << 34, List.of());
    assertEquals(1L << 30, hardware.memoryLimit());
    assertEquals(0.5, hardware.cpuLimit());
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    file("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    Hardware unbound = Hardware.of(root, 1L << 34, List.of());
    assertNull(unbound.memoryLimit());
    assertNull(unbound.cpuLimit());
  }

  @Test
  void whatAContainerUsesIsItsOwn() throws IOException {
    file("proc/meminfo", "MemTotal:       16384000 kB\nMemAvailable:   1000 kB\n");
    file("proc/self/status", "Name:\tjava\nVmRSS:\t    2048 kB\n");
    Load machine = new LoadMeter(root).read();
    assertEquals(2048L * 1024, machine.residentBytes());
    assertEquals(16383000L * 1024, machine.usedBytes());
    file("proc/self/cgroup", "0::/\n");
    file("sys/fs/cgroup/cgroup.controllers", "memory\n");
    file("sys/fs/cgroup/memory.max", "1000000\n");
    file("sys/fs/cgroup/memory.current", "4096\n");
    Load container = new LoadMeter(root).read();
    assertEquals(4096, container.usedBytes());
    assertTrue(container.cores() >= 0 && container.heapBytes() > 0);
  }

  @Test
  void whatSeemsToBeAContainerIsNamed() throws IOException {
    assertNull(Platform.container(root, false));
    file("proc/1/cgroup", "1:name=systemd:/kubepods/burstable/x\n");
    assertEquals("kubernetes", Platform.container(root, false));
    file("run/.containerenv", "");
    assertEquals("podman", Platform.container(root, false));
    file(".dockerenv", "");
    assertEquals("docker", Platform.container(root, false));
  }

  @Test
  void secretsOfJavasFlagsAreLeftOut() {
    assertEquals(
        "-Djavax.net.ssl.keyStorePassword=***", Jvm.plain("-Djavax.net.ssl.keyStorePassword=x=y"));
    assertEquals("-Daws.secretKey=***", Jvm.plain("-Daws.secretKey=AKIA"));
    assertEquals("-Xmx2g", Jvm.plain("-Xmx2g"));
    assertEquals("-Dalmanac.runner=direct", Jvm.plain("-Dalmanac.runner=direct"));
  }

  @Test
  void theClassPathIsKeptByHashesThatOtherToolsCheck() throws IOException {
    file("a.jar", "one");
    file("x/target/classes/A.class", "class");
    String classPath =
        root.resolve("a.jar") + java.io.File.pathSeparator + root.resolve("x/target/classes");
    Path store = root.resolve("cache/hashes.txt");
    Dependencies found = Dependencies.of(classPath, HashCache.of(store));
    assertEquals(1, found.jars());
    Map<String, String> hashes = found.hashes();
    assertEquals(FileHash.of(root.resolve("a.jar").toString()).sha256(), hashes.get("a.jar"));
    assertTrue(hashes.containsKey("x/target/classes/"), hashes.toString());
    assertTrue(found.text().matches("(?s)[0-9a-f]{64}  a\\.jar\\n.*"), found.text());
    assertEquals(found, Dependencies.of(classPath, HashCache.of(store)), "out of the cache");
    Files.writeString(root.resolve("x/target/classes/A.class"), "other");
    assertNotEquals(
        hashes.get("x/target/classes/"),
        Dependencies.of(classPath, HashCache.of(store)).hashes().get("x/target/classes/"));
  }

  @Test
  void aCacheThatIsBrokenOrUnwritableIsNone() throws IOException {
    file("a.jar", "one");
    file("cache", "no folder");
    String path = root.resolve("a.jar").toString();
    HashCache none = HashCache.of(root.resolve("cache/hashes.txt"));
    assertEquals(FileHash.of(path).sha256(), none.hash(Path.of(path)));
    none.save();
    assertEquals("no folder", Files.readString(root.resolve("cache")));
  }

  @Test
  void theUsersCacheIsWhereTheSystemKeepsIt() {
    assertEquals(Path.of("/h/.cache/almanac"), cache(Map.of(), "Linux", "/h"));
    assertEquals(Path.of("/x/almanac"), cache(Map.of("XDG_CACHE_HOME", "/x"), "Linux", "/h"));
    assertEquals(
        Path.of("/h/.cache/almanac"),
        cache(Map.of("XDG_CACHE_HOME", "relative"), "Linux", "/h"),
        "the standard has relative ones ignored");
    assertEquals(Path.of("/h/Library/Caches/almanac"), cache(Map.of(), "Mac OS X", "/h"));
    assertEquals(Path.of("/l/almanac"), cache(Map.of("LOCALAPPDATA", "/l"), "Windows 11", "/h"));
    assertEquals(Path.of("/own"), cache(Map.of(UserCache.VARIABLE, "/own"), "Linux", ""));
    assertNull(cache(Map.of(UserCache.VARIABLE, "off"), "Linux", "/h"));
    assertNull(cache(Map.of(), "Linux", ""));
  }

  private static Path cache(Map<String, String> environment, String system, String home) {
    return UserCache.folder(environment, system, home).orElse(null);
  }
}
