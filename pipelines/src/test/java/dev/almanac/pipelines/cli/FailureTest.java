package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.yaml.ConfigException;
import dev.almanac.transforms.problem.ForeseenException;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.staging.DatasetException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.util.UserCodeException;
import org.junit.jupiter.api.Test;

class FailureTest {
  private static final String TEXT = "Cannot read a.csv: it is empty (0 bytes)";

  private static String of(Throwable thrown) {
    return Failure.of(thrown, "prepare").message();
  }

  @Test
  void aForeseenErrorIsShownAloneHoweverDeepItLies() {
    Throwable wrapped =
        UserCodeException.wrap(
            new RuntimeException(new UncheckedIOException(new ForeseenException(TEXT))));
    assertEquals(TEXT, of(wrapped));
    assertEquals(TEXT, of(new IllegalStateException("Cannot go on", wrapped)));
    assertEquals(Failure.WORK, Failure.of(wrapped, "prepare").status());
  }

  @Test
  void aWrongRequestIsOneHoweverDeepItLiesAndSoIsAWrongConfig() {
    Throwable request = new RequestException(List.of("a: is missing", "b: is wrong"));
    Failure failure = Failure.of(new RuntimeException(request), "prepare");
    assertEquals(Failure.REQUEST, failure.status());
    assertEquals("a: is missing\nb: is wrong", failure.message());
    Throwable config =
        assertThrows(
            ConfigException.class, () -> ConfigReader.read("none.yaml", List.of(), Set.of()));
    assertEquals(
        Failure.REQUEST, Failure.of(new ExecutionException(config), "runs rerun").status());
  }

  @Test
  void aForeseenErrorIsOneAfterItWasSentFromAnotherMachine() throws Exception {
    Throwable wrapped = UserCodeException.wrap(new DatasetException(TEXT));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(wrapped);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(TEXT, of(new RuntimeException((Throwable) in.readObject())));
    }
  }

  @Test
  void aForeseenErrorIsReadFromAStackTraceThatCameAsText() {
    StringWriter trace = new StringWriter();
    new RuntimeException("a worker failed", new ForeseenException(TEXT))
        .printStackTrace(new PrintWriter(trace));
    assertEquals(TEXT, of(new RuntimeException("Error message from worker: " + trace)));
    String spark = "Job aborted: Lost task 0.0: " + ForeseenException.class.getName() + ": " + TEXT;
    assertEquals(TEXT, of(new RuntimeException(spark + "\n\tat dev.almanac.X.y(X.java:1)")));
  }

  @Test
  void whatBeginsWithCannotIsUnexpectedUnlessItIsForeseen() {
    String jvm = "Cannot invoke \"JsonLocation.getLineNr()\" because the return value is null";
    assertEquals(
        "Cannot finish `prepare`: unexpected NullPointerException: "
            + jvm
            + "; --debug shows where",
        of(new RuntimeException(new NullPointerException(jvm))));
    assertTrue(of(new IOException("Cannot do")).contains("unexpected IOException: Cannot do"));
    assertTrue(
        of(new RuntimeException("Error: java.lang.Error: Cannot do")).contains("unexpected"));
  }

  @Test
  void whatTheMachineLacksIsOneLineThatSaysWhatToDo() {
    assertTrue(of(new RuntimeException(new OutOfMemoryError("Java heap space"))).contains("-Xmx"));
    assertTrue(of(new StackOverflowError()).contains("nested too deeply"));
    assertEquals(
        "Cannot finish `prepare`: /out may not be used by this user (permission denied)",
        of(new RuntimeException(new AccessDeniedException("/out"))));
    assertEquals(
        "Cannot finish `prepare`: /out/a: No space left on device",
        of(new FileSystemException("/out/a", null, "No space left on device")));
  }

  @Test
  void noMessageMovesTheCursorOrIsEndless() {
    String message = of(new DatasetException("Cannot read \u001b[2Ja\0b\u202Ec\r:\n  no"));
    assertEquals("Cannot read \\u001b[2Ja\\u0000b\\u202ec\\r:\n  no", message);
    assertEquals("Cannot read a\\nb: no", of(new ForeseenException("Cannot read a\nb: no")));
    String longest = of(new DatasetException("Cannot " + "x".repeat(1_000_000)));
    assertTrue(longest.length() < 21_000, () -> "" + longest.length());
    assertTrue(longest.endsWith("... (980007 characters more)"), longest.substring(20_000));
    assertFalse(longest.contains("\n"));
  }
}
