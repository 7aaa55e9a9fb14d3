package dev.almanac.pipelines.work.process;

import dev.almanac.transforms.problem.ForeseenException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program of the system that is asked something and answers soon, or is given up: it hangs
 * nobody, whatever it starts itself.
 *
 * @param folder that it runs in; null for ours
 * @param hidden environment variables that it does not get
 * @param more environment variables that it gets
 * @param millis that it may take
 * @param most bytes of its output to keep
 */
public record ShortCommand(
    Path folder, Set<String> hidden, Map<String, String> more, long millis, int most) {
  private static final int ERRORS = 2_000;

  /**
   * What a program said.
   *
   * @param output the beginning of its standard output
   * @param isCut whether there was more of it
   */
  public record Answer(int status, byte[] output, boolean isCut, String errors) {
    public String text() {
      return new String(output, StandardCharsets.UTF_8);
    }
  }

  private record Head(byte[] bytes, boolean isCut) {}

  /**
   * Asks.
   *
   * @throws IOException when there is no such program, or no answer in time
   */
  public Answer run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(folder == null ? null : folder.toFile());
    builder.environment().keySet().removeAll(hidden);
    builder.environment().putAll(more);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    Process process = builder.start();
    Drain errors = new Drain(process.getErrorStream(), ERRORS, "command-errors");
    CompletableFuture<Head> head = new CompletableFuture<>();
    Thread reader = new Thread(() -> read(process.getInputStream(), head), "command-output");
    reader.setDaemon(true);
    reader.start();
    try {
      process.getOutputStream().close();
      Head output = head.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (output.isCut()) {
        return new Answer(0, output.bytes(), true, "");
      }
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      errors.join(TimeUnit.SECONDS.toMillis(1));
      String said = errors.isAlive() ? "" : errors.text();
      return new Answer(process.exitValue(), output.bytes(), false, said);
    } catch (TimeoutException e) {
      throw new ForeseenException(
          "Cannot ask %s: it gave no answer within %s s".formatted(command.get(0), millis / 1e3),
          e);
    } catch (ExecutionException e) {
      throw new ForeseenException(
          "Cannot ask %s: its answer cannot be read".formatted(command.get(0)), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("Cannot wait: interrupted");
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private void read(InputStream in, CompletableFuture<Head> head) {
    try (in) {
      ByteArrayOutputStream kept = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        kept.write(buffer, 0, Math.min(read, most - kept.size()));
        if (kept.size() == most) {
          head.complete(new Head(kept.toByteArray(), true));
          return;
        }
      }
      head.complete(new Head(kept.toByteArray(), false));
    } catch (IOException e) {
      head.completeExceptionally(e);
    }
  }
}
