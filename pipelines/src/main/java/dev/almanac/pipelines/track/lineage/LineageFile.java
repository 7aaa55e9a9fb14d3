package dev.almanac.pipelines.track.lineage;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that gets a line an event, as the file transport of OpenLineage's own clients writes it.
 * Several processes may write: a line is appended whole.
 */
record LineageFile(String path) implements LineageTarget {
  private static final Set<StandardOpenOption> APPENDING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

  @Override
  public String name() {
    return "OpenLineage in " + path;
  }

  @Override
  public void send(String event) throws IOException {
    Path file = Path.of(path).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel = FileChannel.open(file, APPENDING)) {
        channel.write(ByteBuffer.wrap((event + "\n").getBytes(StandardCharsets.UTF_8)));
      }
    } catch (IOException e) {
      throw new ForeseenException(
          "Cannot tell OpenLineage of a run: %s takes no line (%s)".formatted(path, e), e);
    }
  }
}
