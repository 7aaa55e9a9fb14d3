package dev.almanac.training.machine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/**
 * What this process runs on, looked at once: it does not change while the process lives. Looking
 * begins with the first {@link #here} and goes on beside what the caller does meanwhile.
 */
public final class Machine {
  private static Machine here;

  private final CompletableFuture<Dependencies> dependencies;
  private final CompletableFuture<Hardware> hardware;
  private final CompletableFuture<Platform> platform;

  private Machine(Supplier<List<Gpu>> gpus, Supplier<String> host) {
    dependencies =
        future(
            () -> Dependencies.of(System.getProperty("java.class.path", ""), HashCache.ofUser()));
    hardware = future(() -> Hardware.here(gpus.get()));
    platform = future(() -> Platform.here(host.get()));
  }

  /**
   * The one of this process.
   *
   * @param gpus asked at the first call, on another thread
   * @param host likewise
   */
  public static synchronized Machine here(Supplier<List<Gpu>> gpus, Supplier<String> host) {
    if (here == null) {
      here = new Machine(gpus, host);
    }
    return here;
  }

  public Dependencies dependencies() throws IOException {
    return await(dependencies);
  }

  public Hardware hardware() throws IOException {
    return await(hardware);
  }

  public Platform platform() throws IOException {
    return await(platform);
  }

  public Jvm jvm() {
    return Jvm.here();
  }

  /** Of now: they are loaded as they are needed. */
  public NativeLibraries nativeLibraries() {
    return NativeLibraries.here();
  }

  private static <T> CompletableFuture<T> future(Supplier<T> look) {
    CompletableFuture<T> future = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                future.complete(look.get());
              } catch (RuntimeException | Error e) {
                future.completeExceptionally(e);
              }
            },
            "machine");
    thread.setDaemon(true);
    thread.start();
    return future;
  }

  private static <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot wait: interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot look at the machine: " + e.getCause(), e);
    }
  }
}
