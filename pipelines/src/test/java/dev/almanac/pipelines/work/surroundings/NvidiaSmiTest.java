package dev.almanac.pipelines.work.surroundings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.almanac.training.machine.Gpu;
import dev.almanac.training.machine.GpuLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
  @TempDir Path folder;

  /** A program that answers as the driver's does. */
  private String program(String body) throws IOException {
    Path program = folder.resolve("smi");
    Files.writeString(program, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program.toString();
  }

  @Test
  void theGpusOfThisProcessAreNamed() throws IOException {
    String program =
        program(
            """
            case "$*" in
              *-i\\ 1*query*) echo "NVIDIA H100 80GB HBM3, 535.129.03, 81559" ;;
              *query*) echo wrong ;;
              *) echo "| NVIDIA-SMI 535.129.03   Driver Version: 535.129.03   CUDA Version: 12.2 |" ;;
            esac
            """);
    assertEquals(
        List.of(new Gpu("NVIDIA H100 80GB HBM3", "535.129.03", "12.2", 81559L << 20)),
        new NvidiaSmi(program, "1").gpus());
    assertEquals(List.of(), new NvidiaSmi(program, "").gpus(), "none is visible");
    assertEquals(List.of(), new NvidiaSmi(program, "-1").gpus());
  }

  @Test
  void whatTheyAreDoingIsReadAndWhatIsNotSupportedIsZero() throws IOException {
    String program = program("echo '37, 1024'; echo '[N/A], 10'\n");
    assertEquals(
        List.of(new GpuLoad(0.37, 1024L << 20), new GpuLoad(0, 10L << 20)),
        new NvidiaSmi(program, null).loads());
    assertEquals(List.of(), new NvidiaSmi(program("exit 1\n"), null).loads());
  }

  @Test
  void withoutADriverThereIsNone() throws IOException {
    assertEquals(List.of(), new NvidiaSmi("no-such-program", null).gpus());
    assertEquals(List.of(), new NvidiaSmi(program("echo broken; exit 9\n"), null).gpus());
  }
}
