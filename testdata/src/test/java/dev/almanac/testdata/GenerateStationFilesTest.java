package dev.almanac.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateStationFilesTest {

  @TempDir Path temporary;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void writesWhatWasAskedFor() throws IOException {
    Path folder = temporary.resolve("deep/folder");
    String[] request = {
      "--out",
      folder.toString(),
      "--stations",
      "3",
      "--rows",
      "600",
      "--from",
      "2001-01-01",
      "--until",
      "2003-01-01",
      "--seed",
      "9",
      "--gzip"
    };
    assertEquals(0, run(request));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
    String said = out.toString(StandardCharsets.UTF_8);
    assertTrue(said.startsWith("3 station files, 600 rows, "), said);
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.allMatch(file -> file.toString().endsWith(".csv.gz")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rows 10                                   | --out DIR is missing
          --out DIR                                   | one of --rows, --bytes and --stations is needed
          --out DIR --rows ten                        | Cannot read option --rows: it must be a whole number (ten)
          --out DIR --rows 10 --bytes 1GB             | --rows and --bytes exclude each other
          --out DIR --bytes 1XB                       | Cannot read option --bytes: it must be a count of bytes like
          --out DIR --stations 0                      | Cannot read option --stations: it must be a whole number from 1 (0)
          --out DIR --rows 0                          | rows must be at least 1 a station (rows=0
          --out DIR --rows 5 --stations 6             | rows must be at least 1 a station (rows=5, stations=6)
          --out DIR --rows 5 --from 2001-02-30        | Cannot read option --from: it must be a date like 1985-01-01
          --out DIR --rows 5 --from 2021-01-01        | the period must begin before it ends
          --out DIR --rows 99999 --stations 1         | a station has at most a row a day
          --out DIR --rows 5 --colour red             | Cannot read option '--colour': known are --out
          --out DIR --rows                            | Cannot read option '--rows': its value is missing
          --out DIR --rows 5 --rows 6                 | Cannot read option '--rows': it stands twice
          --out DIR --sample --seed 3                 | --sample goes with --out alone
          """)
  void aWrongRequestEndsWithStatusTwoAndSaysWhy(String request, String problem) {
    String arguments = request.strip().replace("DIR", temporary.toString());
    assertEquals(2, run(arguments.split("\\s+")));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains(problem), said);
    assertTrue(!said.contains("\tat "), said);
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertEquals(2, run("--rows", "x", "--seed", "y", "--nope"));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(
        said.contains("--out")
            && said.contains("(x)")
            && said.contains("(y)")
            && said.contains("--nope"),
        said);
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "x");
    assertEquals(2, run("--out", file.toString(), "--rows", "5"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("it must be a folder"));
  }

  @Test
  void helpNamesEveryOption() {
    assertEquals(0, run("--help"));
    String said = out.toString(StandardCharsets.UTF_8);
    Stream.of(
            "--out",
            "--sample",
            "--rows",
            "--bytes",
            "--stations",
            "--from",
            "--until",
            "--seed",
            "--gzip",
            "--mixed")
        .forEach(option -> assertTrue(said.contains(option), option));
  }

  private int run(String... arguments) {
    return GenerateStationFiles.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
