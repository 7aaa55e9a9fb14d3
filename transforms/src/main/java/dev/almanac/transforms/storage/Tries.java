package dev.almanac.transforms.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.util.BackOff;
import org.apache.beam.sdk.util.BackOffUtils;
import org.apache.beam.sdk.util.FluentBackoff;
import org.apache.beam.sdk.util.Sleeper;
import org.joda.time.Duration;

/**
 * How often work against a remote store is tried, and how long it waits in between: {@value
 * #RETRIES} times more, from 0.2 s on and each time twice as long, up to 10 s.
 *
 * <p>The stores' own clients try a request a few times first; this is for what they do not: a body
 * cut short, an outage of some seconds. A file that is not there and a request that the store
 * refuses for what it is, or that lacks a setting ({@link Refusal}), are not tried again. Not
 * thread-safe.
 */
final class Tries {
  static final int RETRIES = 7;

  private static final FluentBackoff PATIENT =
      FluentBackoff.DEFAULT
          .withInitialBackoff(Duration.millis(200))
          .withExponent(2)
          .withMaxBackoff(Duration.standardSeconds(10))
          .withMaxRetries(RETRIES);

  private static final Pattern STATUS = Pattern.compile("Status Code: (4\\d\\d)");

  /** Work that leaves nothing half done, or whose second try puts that right. */
  interface Work<T> {
    T run() throws IOException;
  }

  private final String work;
  private final FluentBackoff patience;
  private BackOff waits;
  private int failures;

  /**
   * @param work for messages, such as {@code read s3://bucket/file}
   */
  Tries(String work) {
    this(work, PATIENT);
  }

  Tries(String work, FluentBackoff patience) {
    this.work = work;
    this.patience = patience;
    succeeded();
  }

  /** Does work, again while it fails. */
  static <T> T of(String name, Work<T> work) throws IOException {
    Tries tries = new Tries(name);
    while (true) {
      try {
        return work.run();
      } catch (IOException | RuntimeException e) {
        tries.failed(e);
      }
    }
  }

  /** The next failure is the first one again. */
  void succeeded() {
    if (waits == null || failures > 0) {
      waits = patience.backoff();
      failures = 0;
    }
  }

  /**
   * Waits, when the work is to be tried again.
   *
   * @throws IOException when it is not: {@code failure} itself when no file is there, else a {@link
   *     StorageException}
   */
  void failed(Exception failure) throws IOException {
    failures++;
    if (failure instanceof FileNotFoundException missing) {
      throw missing;
    }
    Refusal refusal = Refusal.in(failure);
    if (refusal != null) {
      throw new StorageException("Cannot %s: %s".formatted(work, refusal.told(failure)), failure);
    }
    if (isFinal(failure)) {
      throw new StorageException("Cannot %s: %s".formatted(work, reason(failure)), failure);
    }
    try {
      if (!BackOffUtils.next(Sleeper.DEFAULT, waits)) {
        throw new StorageException(
            "Cannot %s: it failed %s times in a row, the last time with: %s"
                .formatted(work, failures, reason(failure)),
            failure);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("Cannot %s: it was interrupted".formatted(work));
      interrupted.addSuppressed(failure);
      throw interrupted;
    }
  }

  /** Whether the same request would get the same answer. */
  private static boolean isFinal(Exception failure) {
    if (Thread.currentThread().isInterrupted()) {
      return true;
    }
    boolean upload = failure instanceof UploadException;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ChangedFileException || at instanceof UnsupportedOperationException) {
        return true;
      }
      // The clients' own classes are not on this module's class path; their texts are stable.
      Matcher status = STATUS.matcher(String.valueOf(at.getMessage()));
      if (status.find()) {
        return switch (status.group(1)) {
            // S3 answers 400 to a body that arrived incomplete, 408 and 409 to what may pass.
          case "400", "408", "409", "429" -> false;
            // An upload is gone once it was completed, though the answer that said so was lost.
          case "404" -> !upload;
          default -> true;
        };
      }
    }
    return false;
  }

  /** The innermost message: the others wrap it. */
  static String reason(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null && last.getCause() != last) {
      last = last.getCause();
    }
    return last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
  }
}
