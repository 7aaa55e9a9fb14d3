package dev.almanac.transforms.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.apache.beam.sdk.util.FluentBackoff;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertEquals(3, triesAgain(tries, BROKEN));
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
  @CsvSource(
      delimiter = '|',
      value = {
        "Unable to load region from any of the providers in the chain X: [a, b]|no region is known for S3; say which by `-- --awsRegion=",
        "Unable to load credentials from any of the providers in the chain Y: [c]|no credentials are known for S3; set AWS_ACCESS_KEY_ID and ",
        "null (Service: S3, Status Code: 403, Request ID: 1)|null (Service: S3, Status Code: 403, Request ID: 1); the credentials do not allow it",
        "The bucket is in this region: x. (Service: S3, Status Code: 301)|The bucket is in this region: x. (Service: S3, Status Code: 301); the region is another: say",
        "the region 'a' is wrong; expecting 'b' (Service: S3, Status Code: 400)|the region 'a' is wrong; expecting 'b' (Service: S3, Status Code: 400); the region is",
        "The provided token has expired. (Service: S3, Status Code: 400)|The provided token has expired. (Service: S3, Status Code: 400); the credentials have expired: set",
        "The specified bucket does not exist (Service: S3, Status Code: 404)|The specified bucket does not exist (Service: S3, Status Code: 404); correct the bucket's name"
      })
  void whatLacksASettingIsToldAtOnceWithTheSetting(String text, String told) {
    for (Exception failure :
        List.of(
            new IllegalStateException(text), new IOException(new IllegalStateException(text)))) {
      StorageException e =
          assertThrows(StorageException.class, () -> new Tries("list s3://b/f").failed(failure));
      assertTrue(e.getMessage().startsWith("Cannot list s3://b/f: " + told), e.getMessage());
      assertEquals(1, e.getMessage().lines().count());
      assertSame(failure, e.getCause());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 408, 409, 429, 500, 503})
  void aRefusalThatMayPassIsTriedAgain(int status) throws IOException {
    assertEquals(3, triesAgain(new Tries("read s3://b/f", SHORT), refused(status)));
  }

  @Test
  void anUploadThatIsGoneIsTriedAgain() throws IOException {
    assertEquals(
        3, triesAgain(new Tries("write", SHORT), new UploadException("s3://b/f", refused(404))));
    assertEquals(
        0, triesAgain(new Tries("write", SHORT), new UploadException("s3://b/f", refused(403))));
  }

  /** How often the same failure is waited for before it is told. */
  private static int triesAgain(Tries tries, Exception failure) throws IOException {
    for (int again = 0; ; again++) {
      try {
        tries.failed(failure);
      } catch (StorageException told) {
        assertSame(failure, told.getCause());
        return again;
      }
    }
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
