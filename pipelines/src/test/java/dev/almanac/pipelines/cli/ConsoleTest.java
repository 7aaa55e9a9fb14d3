package dev.almanac.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.work.Figures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void aTerminalHasOneLineThatChangesAndOthersAbove() {
    Console console = console(Console.Style.TERMINAL);
    console.step("reading", 1, 4, "files", "");
    console.line("a reject");
    console.step("reading", 4, 4, "files", "done");
    console.line("end");
    String erase = "\r\u001b[K";
    assertEquals(
        erase
            + "reading [=====               ]  25 %  1 files\n"
            + "a reject\n"
            + erase
            + "reading [====================] 100 %  4 files  done\n"
            + "end\n",
        text());
  }

  @Test
  void aResultStandsBelowTheLineThatChanges() {
    Console console = console(Console.Style.TERMINAL);
    console.step("writing", 1, 0, "files", "");
    console.show(Result.of("Dataset: x\n"), new PrintStream(bytes, true), false);
    assertEquals("\r\u001b[Kwriting  1 files\nDataset: x\n", text());
  }

  @Test
  void aLogFileGetsFewLines() {
    Console console = console(Console.Style.PLAIN);
    for (int i = 0; i <= 10_000; i++) {
      console.step("reading", i, 10_000, "files", "");
    }
    assertEquals(1, text().lines().count(), text());
    assertTrue(text().startsWith("reading [====================] 100 %"), text());
  }

  @Test
  void quietSaysNothing() {
    Console console = console(Console.Style.QUIET);
    console.line("a");
    console.step("b", 1, 1, "c", "");
    assertEquals("", text());
  }

  @Test
  void aMeterKnowsItsRateAndWhenItWillEnd() {
    Meter meter = new Meter("reading", 0, 0);
    assertEquals(
        "reading [=====               ]  25 %  25.0 k rows  5000/s  15 s left  2 rejects",
        meter.text(25_000, 100_000, "rows", "2 rejects", 5 * SECOND));
    assertEquals("reading  300 rows  100/s", meter.text(300, 0, "rows", "", 3 * SECOND));
    assertEquals("reading  0 rows", meter.text(0, 0, "rows", "", SECOND));
    assertEquals("1:01 min", Figures.duration(61));
    assertEquals("2:03 h", Figures.duration(2 * 3600 + 3 * 60));
    assertEquals("1.5 M", Figures.count(1_500_000));
  }

  @Test
  void aLineThatChangesFitsTheTerminalWhateverItSays() {
    for (int columns = 10; columns <= 200; columns++) {
      bytes.reset();
      int wide = columns;
      Console console =
          new Console(
              new PrintStream(bytes, true, StandardCharsets.UTF_8),
              Console.Style.TERMINAL,
              new TerminalWidth(Map.of("COLUMNS", Integer.toString(wide)), Optional::empty));
      console.step(
          "epoch 3 of 20",
          17,
          4000,
          "batches",
          "123.4 k rows/s  loss 0.012345  1:02:03 h left in all");
      console.step(
          "reading \u6C17\u6E29\u6C17\u6E29", 17, 4000, "files", "\u6C17\u6E29".repeat(30));
      for (String line : text().split("\r\u001b\\[K|\n")) {
        assertTrue(Meter.columns(line) < wide, wide + ": " + line);
      }
      assertEquals(1, text().chars().filter(c -> c == '\n').count(), "one line a piece of work");
    }
  }

  @Test
  void aNarrowTerminalLosesTheBarFirstAndTheRateThen() {
    Meter meter = new Meter("reading", 0, 0);
    assertEquals(
        "reading [==        ]  25 %  25.0 k rows  5000/s  15 s left",
        meter.fitting(60, 25_000, 100_000, "rows", "", 5 * SECOND));
    assertEquals(
        "reading  25 %  25.0 k rows  5000/s  15 s left",
        meter.fitting(50, 25_000, 100_000, "rows", "", 5 * SECOND));
    assertEquals(
        "reading  25 %  25.0 k rows  15 s left",
        meter.fitting(40, 25_000, 100_000, "rows", "", 5 * SECOND));
    assertEquals(
        "reading  25 %  25...", meter.fitting(20, 25_000, 100_000, "rows", "", 5 * SECOND));
  }

  @Test
  void theTerminalItselfIsAskedWhereColumnsSaysNothing() {
    assertEquals(120, new TerminalWidth(Map.of(), () -> Optional.of("24 120")).columns(0));
    assertEquals(
        132, new TerminalWidth(Map.of("COLUMNS", "132"), () -> Optional.of("24 120")).columns(0));
    assertEquals(
        80, new TerminalWidth(Map.of("COLUMNS", "x"), () -> Optional.of("0 0")).columns(0));
    assertEquals(80, new TerminalWidth(Map.of(), Optional::empty).columns(0));
  }

  @Test
  void whatWasDoneBeforeIsNoPartOfTheRate() {
    Meter meter = new Meter("searching", 10, 0);
    assertEquals(
        "searching [==========          ]  50 %  10 trials", meter.text(10, 20, "trials", "", 0));
    assertEquals(
        "searching [============        ]  60 %  12 trials  40 s left",
        meter.text(12, 20, "trials", "", 10 * SECOND));
  }

  @Test
  void aTableLinesUpNumbersOnTheRight() {
    assertEquals(
        """
        name    value
        a         1.5
        longer     10
        """,
        new Table("name", "value").row("a", 1.5).row("longer", 10).text());
    assertEquals("0.000123457", Figures.number(1.234567e-4));
    assertEquals("2.5", Figures.number(2.50));
    assertEquals("100", Figures.number(100.0));
    assertEquals("1.23457e+10", Figures.number(12345678901.0));
  }

  private Console console(Console.Style style) {
    return new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), style);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
