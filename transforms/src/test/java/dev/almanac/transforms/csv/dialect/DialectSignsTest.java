package dev.almanac.transforms.csv.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.transforms.csv.format.CsvFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectSignsTest {
  private static final CsvFormat FORMAT = CsvFormat.standard();

  static List<Arguments> files() {
    return List.of(
        file("delimiter: \";\"", "day;x\n2020-01-01;1\n2020-01-02;2\n"),
        file("delimiter: \";\"", "day;x\n2020-01-01;1,5\n2020-01-02;2,5\n"),
        file("delimiter: \"\\t\"", "day\tx\n2020-01-01\t1\n"),
        file("delimiter: \"|\"", "day|x\n2020-01-01|1\n"),
        file("comment: \"#\"", "# made by us\nday,x\n2020-01-01,1\n2020-01-02,2\n"),
        file("skip-rows: 1 and delimiter: \";\"", "sep=;\nday;x\n2020-01-01;1\n"),
        file("skip-rows: 1", "Report of a station\nday,x\n2020-01-01,1\n2020-01-02,2\n"),
        file(
            "skip-rows: 3",
            "a,1\nb,2\n\nday,x,y\n2020-01-01,1,1\n2020-01-02,2,2\n2020-01-03,2,2\n2020-01-04,2,2\n"),
        file("units-row: true", "day,x\n-,mm\n2020-01-01,1\n2020-01-02,2\n2020-01-03,2\n"),
        file(
            "header: [the columns' names] or header: none",
            "2020-01-01,1\n2020-01-02,2\n2020-01-03,2\n"),
        file(
            "decimal: \",\"",
            "day,x\n2020-01-01,\"1,5\"\n2020-01-02,\"2,25\"\n2020-01-03,\"2,5\"\n"),
        file(
            "thousands: \",\"",
            "day,x\n2020-01-01,\"1,500\"\n2020-01-02,\"2,250\"\n2020-01-03,7\n"),
        file("trim: true", "day,x\n2020-01-01,yes\n2020-01-02,yes \n"),
        file("escape: \"\\\\\"", "day,x\n2020-01-01,\"say \\\"hi\\\" now\"\n2020-01-02,b\n"));
  }

  private static Arguments file(String setting, String text) {
    return Arguments.of(setting, text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aFileAsksForItsSettingAlone(String setting, String text) throws IOException {
    assertEquals(
        List.of(setting),
        in(text.getBytes(StandardCharsets.UTF_8)).map(DialectSign::setting).toList());
  }

  @Test
  void aSignIsASentence() throws IOException {
    assertEquals(
        "its header is one cell that holds ';' (day;x): set source.delimiter: \";\" if that is how"
            + " it is meant",
        in("day;x\n2020-01-01;1\n".getBytes(StandardCharsets.UTF_8))
            .findFirst()
            .orElseThrow()
            .toString());
  }

  @Test
  void otherEncodingsAreSeen() throws IOException {
    String text = "day,x\n2020-01-01,\u00e9t\u00e9\n2020-01-02,b\n";
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "windows-1252")) {
      assertEquals(
          List.of("encoding: " + charset),
          in(text.getBytes(Charset.forName(charset))).map(DialectSign::setting).toList());
    }
    for (String charset : List.of("UTF-8", "UTF-16")) {
      assertEquals(List.of(), in(text.getBytes(Charset.forName(charset))).toList());
    }
  }

  @Test
  void filesThatAreWhatTheyShouldBeAskForNothing() throws IOException {
    for (String text :
        List.of(
            "",
            "\n",
            "day",
            "day,x\n",
            "day,2019,2020\nMon,1,2\nTue,3,4\n".replace("2019,2020", "a,b"),
            "x\n1\n2\n",
            "a\nsome; text\nother\n",
            "day,text\n2020-01-01,\"a \"\"b\"\" c\"\n2020-01-02,\"C:\\dir\\\"\n",
            "day,list\n2020-01-01,\"1,2,3\"\n2020-01-02,\"4,5\"\n",
            "day,x\n2020-01-01,NA\n2020-01-02,1.5\n2020-01-03,2.5\n2020-01-04,2\n",
            "#id,x\n1,2\n3,4\n")) {
      assertEquals(List.of(), in(text.getBytes(StandardCharsets.UTF_8)).toList(), text);
    }
    Path samples = Path.of(System.getProperty("almanac.project.root"), "testdata", "ghcn-sample");
    try (Stream<Path> files = Files.list(samples)) {
      List<Path> all = files.filter(file -> file.toString().contains(".csv")).toList();
      assertTrue(all.size() > 3);
      for (Path file : all) {
        assertEquals(
            List.of(),
            DialectSigns.in(Files.newInputStream(file), file.toString(), FORMAT, Set.of()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "day,x|2020-01-01,1,|2020-01-02,2,!every row ends in a delimiter that the header lacks"
            + " (3 cells, the header has 2); add one at the end of the header, or take it off the rows",
        "day,x|2020-01-01,1,,|2020-01-02,2,,!every row ends in 2 delimiters that the header lacks"
            + " (4 cells, the header has 2); add as many at the end of the header, or take them off"
            + " the rows",
        "day|2020-01-01,|2020-01-02,!every row ends in a delimiter that the header lacks"
            + " (2 cells, the header has 1); add one at the end of the header, or take it off the rows",
        "#day,x|2020-01-01,1,|2020-01-02,2,!every row ends in a delimiter that the header lacks"
            + " (3 cells, the header has 2); add one at the end of the header, or take it off the rows",
        "name,x|a,b,|c,d,!every row ends in a delimiter that the header lacks"
            + " (3 cells, the header has 2); add one at the end of the header, or take it off the rows",
        "2019,2020|1,2,|3,4,!every row ends in a delimiter that the header lacks"
            + " (3 cells, the header has 2); add one at the end of the header, or take it off the rows",
        "day,x|2020-01-01,1,|2020-01-02,2,|2020-01-03,2,|2020-01-04,2,|2020-01-05,2!most rows end in"
            + " a delimiter that the header lacks (3 cells, the header has 2); add one at the end of"
            + " the header, or take it off the rows"
      })
  void rowsThatEndInMoreDelimitersThanTheHeaderAreSaidToBe(String file, String sign)
      throws IOException {
    assertEquals(
        List.of(new DialectSign(null, null, sign)),
        in(file.replace("|", "\n").getBytes(StandardCharsets.UTF_8), "day", "2020").toList());
    assertEquals(sign, new DialectSign(null, null, sign).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Names of rows stand before them, or a name is missing.
        "x,y|a,1,2|b,3,4|c,5,6",
        "day,x|2020-01-01,1,a|2020-01-02,2,|2020-01-03,2,b",
        "#id,x|1,2,3|4,5,6",
        "x,rain|no,yes,1|yes,no,2|no,no,3",
        // Years that are asked for.
        "2019,2020|1,2|3,4|5,6",
        "day,2020|2020-01-01,2|2020-01-02,4|2020-01-03,6"
      })
  void aFirstLineThatIsTheHeaderIsNeverToBeSkipped(String file) throws IOException {
    assertEquals(
        List.of(),
        in(file.replace("|", "\n").getBytes(StandardCharsets.UTF_8), "2020", "rain").toList());
  }

  @Test
  void linesBeforeTheHeaderThatLookLikeOneAreNot() throws IOException {
    for (String first : List.of("Station name,Riverside", "Station,x", "Report of a station")) {
      assertEquals(
          List.of("skip-rows: 1"),
          in(
                  (first + "\nday,x,y,\n2020-01-01,1,2,\n2020-01-02,2,3,\n2020-01-03,2,3,\n")
                      .getBytes(StandardCharsets.UTF_8),
                  "day",
                  "x",
                  "y")
              .map(DialectSign::setting)
              .toList(),
          first);
    }
  }

  private static Stream<DialectSign> in(byte[] file, String... asked) throws IOException {
    return DialectSigns.in(new ByteArrayInputStream(file), "in.csv", FORMAT, Set.of(asked))
        .stream();
  }
}
