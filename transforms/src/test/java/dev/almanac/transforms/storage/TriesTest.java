package dev.almanac.transforms.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.beam.sdk.util.FluentBackoff;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TriesTest {
  private static final FluentBackoff SHORT =
      FluentBackoff.DEFAULT.withInitialBackoff(Duration.millis(1)).withMaxRetries(3);
  private static final Exception BROKEN =
      new IOException("wrapped", new IOException("Connection reset"));

  @Test
  void theLastFailureInARowIsToldWithTheirNumber() throws IOException {
    Tries tries = new Tries("read s3://b/f", SHORT);
    for (int i = 0; i < 3; i++) {
      tries.failed(BROKEN);
    }
    StorageException e = assertThrows(StorageException.class, () -> tries.failed(BROKEN));
    assertEquals(
        "Cannot read s3://b/f: it failed 4 times in a row, the last time with: Connection reset",
        e.getMessage());
    assertSame(BROKEN, e.getCause());
  }

  @Test
  void aSuccessStartsTheCountAnew() throws IOException {
    Tries tries = new Tries("read s3://b/f", SHORT);
    for (int i = 0; i < 20; i++) {
      tries.failed(BROKEN);
      tries.succeeded();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 412, 416})
  void aRefusalForWhatTheRequestIsIsNotTriedAgain(int status) {
    IOException refused = refused(status);
    StorageException e =
        assertThrows(
            StorageException.class, () -> new Tries("read s3://b/f", SHORT).failed(refused));
    assertTrue(e.getMessage().startsWith("Cannot read s3://b/f: No ("), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 409, 429, 500, 503})
  void aRefusalThatMayPassIsTriedAgain(int status) throws IOException {
    new Tries("read s3://b/f", SHORT).failed(refused(status));
  }

  @Test
  void anUploadThatIsGoneIsTriedAgain() throws IOException {
    new Tries("write", SHORT).failed(new UploadException("s3://b/f", refused(404)));
    assertThrows(
        StorageException.class,
        () -> new Tries("write", SHORT).failed(new UploadException("s3://b/f", refused(403))));
  }

  @Test
  void aMissingFileIsToldAsItIs() {
    FileNotFoundException missing = new FileNotFoundException("Cannot read x");
    assertSame(
        missing,
        assertThrows(FileNotFoundException.class, () -> new Tries("x", SHORT).failed(missing)));
  }

  @Test
  void anInterruptEndsTheWaiting() {
    Tries tries =
        new Tries(
            "read s3://b/f", FluentBackoff.DEFAULT.withInitialBackoff(Duration.standardDays(1)));
    Thread current = Thread.currentThread();
    Thread waker =
        new Thread(
            () -> {
              while (current.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              current.interrupt();
            });
    waker.start();
    assertThrows(InterruptedIOException.class, () -> tries.failed(BROKEN));
    assertTrue(Thread.interrupted());
  }

  private static IOException refused(int status) {
    return new IOException(
        new IllegalStateException("No (Service: S3, Status Code: %d)".formatted(status)));
  }
}
