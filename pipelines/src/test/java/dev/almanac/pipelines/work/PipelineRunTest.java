package dev.almanac.pipelines.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PipelineRunTest {
  private static final CompletableFuture<Void> STARTED = new CompletableFuture<>();
  private static final CompletableFuture<String> ENDED = new CompletableFuture<>();

  @Test
  void anEngineThatIsToldToEndUsesItsThreadsForIt() throws Exception {
    Cancellation cancellation = new Cancellation();
    Thread canceller =
        new Thread(
            () -> {
              STARTED.join();
              cancellation.cancel();
            });
    canceller.start();
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(Dispatcher.class);
    assertThrows(
        CancelledException.class,
        () -> PipelineRun.of(Pipeline.create(options), new Watch(Progress.NONE, cancellation)));
    assertEquals("in peace", ENDED.getNow("later"));
  }

  @Test
  void whatWroteItsLastFileBeforeItWasCancelledIsDone(@TempDir Path folder) throws Exception {
    Cancellation cancellation = new Cancellation();
    Path last = folder.resolve("last.json");
    Thread canceller =
        new Thread(
            () -> {
              STARTED.join();
              try {
                Files.writeString(last, "{}");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              cancellation.cancel();
            });
    canceller.start();
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(Dispatcher.class);
    PipelineRun.of(
        Pipeline.create(options),
        new Watch(Progress.NONE, cancellation),
        last.toString(),
        progress -> {});
    assertTrue(cancellation.isAsked());
  }

  /**
   * An engine that ends as Spark does: the work fails at once, and then a thread that was started
   * for it is asked to put things in order.
   */
  public static final class Dispatcher extends PipelineRunner<PipelineResult> {
    /** Called by Beam, by its name. */
    public static Dispatcher fromOptions(PipelineOptions options) {
      return new Dispatcher();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      ExecutorService thread = Executors.newSingleThreadExecutor();
      thread.submit(() -> {});
      return dispatched(thread);
    }
  }

  private static PipelineResult dispatched(ExecutorService thread) {
    CompletableFuture<PipelineResult.State> work = new CompletableFuture<>();
    return (PipelineResult)
        Proxy.newProxyInstance(
            PipelineResult.class.getClassLoader(),
            new Class<?>[] {PipelineResult.class},
            (proxy, method, given) ->
                switch (method.getName()) {
                  case "waitUntilFinish" -> {
                    STARTED.complete(null);
                    yield work.join();
                  }
                  case "cancel" -> cancelled(thread, work);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static PipelineResult.State cancelled(
      ExecutorService thread, CompletableFuture<PipelineResult.State> work) {
    work.completeExceptionally(new IllegalStateException("the engine was told to end"));
    Future<?> order =
        thread.submit(
            () -> {
              TimeUnit.MILLISECONDS.sleep(500);
              return null;
            });
    try {
      order.get();
      ENDED.complete("in peace");
    } catch (ExecutionException | InterruptedException e) {
      ENDED.complete("disturbed by " + e);
    }
    thread.shutdown();
    return PipelineResult.State.CANCELLED;
  }
}
