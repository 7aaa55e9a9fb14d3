package dev.almanac.pipelines.work.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.almanac.pipelines.config.AlmanacConfig;
import dev.almanac.pipelines.config.ConfigReader;
import dev.almanac.pipelines.config.reference.SchemaCheck;
import dev.almanac.pipelines.config.yaml.Part;
import dev.almanac.pipelines.work.Watch;
import dev.almanac.transforms.problem.RequestException;
import dev.almanac.transforms.staging.RejectPolicy;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftConfigTest {
  private static final SchemaCheck SCHEMA = SchemaCheck.ofConfigs();

  @TempDir Path folder;

  @Test
  void columnsTakeTheRolesThatTheirValuesShow() throws Exception {
    DraftedConfig drafted =
        draft(
            "id,when,town,note,flat,empty,size,price",
            i ->
                "%s,%s,%s,remark %s,1,,%s,%s"
                    .formatted(
                        i + 1, day(i), "town" + i % 5, i * 7919, i % 37 + 0.5, i * 31 % 101));
    AlmanacConfig config = read(drafted);
    assertEquals("price", config.columns().label());
    assertTrue(drafted.labelGuessed());
    assertEquals(List.of("size"), config.columns().numeric());
    assertEquals(List.of("town"), config.columns().nominal());
    assertEquals(List.of("when"), config.columns().keep());
    assertEquals("when", config.split().column());
    assertTrue(drafted.text().contains("#   id: it counts the rows"), drafted.text());
    assertTrue(drafted.text().contains("#   flat: the same in every row"), drafted.text());
    assertTrue(drafted.text().contains("#   empty: no value"), drafted.text());
    assertTrue(drafted.text().contains("#   note: nearly every row"), drafted.text());
    assertEquals(List.of(), drafted.open());
  }

  @Test
  void columnsThatTellTheLabelAreLeftOut() throws Exception {
    Random random = new Random(3);
    DraftedConfig drafted =
        draft(
            "day,a,b,twice,other,total",
            i -> {
              int a = random.nextInt(50);
              int b = random.nextInt(90);
              return "%s,%s,%s,%s,%s,%s"
                  .formatted(day(i), a, b, 2 * (a + b) + 1, random.nextInt(40), a + b);
            });
    assertEquals(List.of("other"), read(drafted).columns().numeric());
    assertTrue(drafted.notes().contains("left out a: a + b is total"), drafted.notes().toString());
    assertTrue(drafted.notes().contains("left out twice: is total but for scale"));
  }

  @Test
  void anotherDialectIsSetWithItsReason() throws Exception {
    DraftedConfig drafted =
        draft(
            "Tag;Größe;Menge",
            i -> "%s;%s,25;%s,5".formatted(day(i), i % 13, i % 7),
            Charset.forName("windows-1252"));
    AlmanacConfig config = read(drafted);
    assertEquals(';', config.source().format().delimiter());
    assertEquals(',', config.source().format().decimal());
    assertEquals("windows-1252", config.source().format().charset());
    assertEquals(List.of("Größe"), config.columns().numeric());
    assertTrue(drafted.text().contains("decimal: \",\"   # column"), drafted.text());
  }

  @Test
  void wordsAndNumbersForMissingAreNoticed() throws Exception {
    DraftedConfig drafted =
        draft(
            "day,rain,wind,y",
            i ->
                "%s,%s,%s,%s"
                    .formatted(
                        day(i),
                        i % 9 == 0 ? "missing" : i % 17 + ".5",
                        i % 11 == 0 ? -9999 : i % 23,
                        i % 5));
    AlmanacConfig config = read(drafted);
    assertTrue(config.source().format().nulls().contains("missing"));
    assertEquals(List.of("-9999"), config.source().format().nullValues().get("wind"));
    assertEquals(List.of("rain", "wind"), config.columns().numeric());
  }

  @Test
  void noaaFlagsClearValuesAndOthersAreSuggested() throws Exception {
    DraftedConfig drafted =
        draft(
            "DATE,TMIN,TMIN_ATTRIBUTES,PM,PM_FLAG,TMAX,TMAX_ATTRIBUTES",
            i ->
                "%s,%s,\",%s,W\",%s,%s,%s,\",,W\""
                    .formatted(
                        day(i),
                        i % 50,
                        i % 40 == 0 ? "X" : "",
                        i % 30,
                        i % 9 == 0 ? "bad" : "",
                        i % 70));
    assertEquals("TMAX", read(drafted).columns().label());
    assertTrue(
        drafted
            .text()
            .contains(
                "  - null-if-flagged: {columns: [TMIN, TMAX], flags: \"{}_ATTRIBUTES\", part: 2}"),
        drafted.text());
    assertTrue(
        drafted
            .text()
            .contains("  # - null-if-flagged: {columns: [PM], flags: \"{}_FLAG\", part: 1}"),
        drafted.text());
  }

  @Test
  void rowsThatCannotBeReadAreCountedAndNotAllowed() throws Exception {
    DraftedConfig drafted =
        draft(
            "day,v,y",
            i -> i % 100 == 7 ? day(i) + ",1" : "%s,%s,%s".formatted(day(i), i % 19, i % 23));
    assertTrue(drafted.text().contains("# rejects: {max-rows: 7}"), drafted.text());
    assertTrue(
        drafted.notes().contains("7 rows cannot be read as they are; prepare names them"),
        drafted.notes().toString());
    assertEquals(RejectPolicy.none(), read(drafted).rejects());
  }

  @Test
  void withoutDatesTheSplitIsLeftToThePerson() throws Exception {
    DraftedConfig drafted = draft("a,b", i -> "%s,%s".formatted(i % 17, i % 13));
    assertNull(drafted.date());
    assertEquals(List.of("split: no column was found that holds dates"), drafted.open());
    assertTrue(drafted.text().contains("# split:"));
  }

  @Test
  void secondsSince1970AreDatesWhereTheNameSaysSo() throws Exception {
    DraftedConfig drafted =
        draft(
            "timestamp,v,y",
            i -> "%s,%s,%s".formatted(1_500_000_000L + 86_400L * i, i % 19, i % 23));
    assertEquals("timestamp", drafted.date());
    assertEquals("timestamp", read(drafted).split().column());
  }

  @Test
  void filesWithoutTheHeaderOfTheOthersAreNotRead() throws Exception {
    write("a/one.csv", "day,v,y", i -> "%s,%s,%s".formatted(day(i), i % 19, i % 23));
    write("a/two.csv", "day,v,y", i -> "%s,%s,%s".formatted(day(i), i % 19, i % 23));
    write("a/bare.csv", "2020-01-01,1,2", i -> "%s,%s,%s".formatted(day(i), i % 19, i % 23));
    DraftedConfig drafted = draft(List.of(folder + "/a/*.csv"), null, null);
    assertEquals(2, read(drafted).source().files().size());
    assertTrue(
        drafted.notes().stream()
            .anyMatch(note -> note.startsWith("not read: ") && note.contains("bare.csv")),
        drafted.notes().toString());
  }

  @Test
  void oddNamesComeBackFromTheYaml() throws Exception {
    Random random = new Random(11);
    // Without the backslash before a quote, which reads as an escape.
    String letters = "ab :#{}[],&*!|>'%@`\"-?_.~Öß日\u00a0yes";
    for (int round = 0; round < 200; round++) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        StringBuilder name = new StringBuilder("x");
        int length = random.nextInt(1, 9);
        for (int k = 0; k < length; k++) {
          name.append(letters.charAt(random.nextInt(letters.length())));
        }
        names.add(
            random.nextInt(6) == 0
                ? List.of("yes", "null", "- a", "on").get(random.nextInt(4)) + i
                : name.append(i).toString());
      }
      String header =
          "day,"
              + names.stream()
                  .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                  .collect(Collectors.joining(","));
      DraftedConfig drafted =
          draft(header, i -> "%s,%s,%s,%s".formatted(day(i), i % 19, i % 23, i * 7 % 29));
      assertEquals(List.of(), drafted.open(), () -> header + drafted.text());
      AlmanacConfig config = read(drafted);
      assertEquals(names.get(2).strip(), config.columns().label(), header);
      assertEquals(
          names.subList(0, 2).stream().map(String::strip).toList(),
          config.columns().numeric().stream().toList(),
          header);
    }
  }

  @Test
  void wrongRequestsSayWhatThereIs() throws Exception {
    Path file = write("w.csv", "day,v,y", i -> "%s,%s,%s".formatted(day(i), i % 19, i % 23));
    RequestException label =
        assertThrows(
            RequestException.class, () -> draft(List.of(file.toString()), "nothing", null));
    assertEquals(
        "Cannot use --label nothing: the files have no such column (columns: [day, v, y])",
        label.getMessage());
    RequestException date =
        assertThrows(RequestException.class, () -> draft(List.of(file.toString()), null, "v"));
    assertTrue(date.getMessage().startsWith("Cannot split by 'v': it holds no dates"));
    RequestException none =
        assertThrows(
            RequestException.class, () -> draft(List.of(folder + "/none/*.csv"), null, null));
    assertEquals(
        "Cannot find source files: %s/none/*.csv matches nothing; correct FILES".formatted(folder),
        none.getMessage());
  }

  @Test
  void aNameIsThatOfTheFileOrOfTheFolder() {
    assertEquals("hour", DraftConfig.nameOf(List.of("data/hour.csv.gz")));
    assertEquals("ghcn", DraftConfig.nameOf(List.of("data/ghcn/*.csv")));
    assertEquals("ghcn", DraftConfig.nameOf(List.of("s3://bucket/ghcn/19*/x?.csv")));
    assertEquals("ghcn", DraftConfig.nameOf(List.of("data/ghcn/")));
    assertEquals("data", DraftConfig.nameOf(List.of("data/a.csv", "data/b.csv")));
    assertEquals("almanac", DraftConfig.nameOf(List.of("*.csv")));
  }

  private DraftedConfig draft(String header, IntFunction<String> row) throws Exception {
    return draft(header, row, StandardCharsets.UTF_8);
  }

  private DraftedConfig draft(String header, IntFunction<String> row, Charset charset)
      throws Exception {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, text(header, row), charset);
    return draft(List.of(file.toString()), null, null);
  }

  private static DraftedConfig draft(List<String> files, String label, String date)
      throws IOException, RequestException {
    return new DraftConfig(files, "drafted", label, date).run(Watch.nobody());
  }

  private Path write(String name, String header, IntFunction<String> row) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text(header, row));
  }

  private static String text(String header, IntFunction<String> row) {
    return header
        + "\n"
        + IntStream.range(0, 700).mapToObj(i -> row.apply(i) + "\n").collect(Collectors.joining());
  }

  private static LocalDate day(int i) {
    return LocalDate.of(2015, 1, 1).plusDays(i);
  }

  private static AlmanacConfig read(DraftedConfig drafted) throws Exception {
    assertFalse(drafted.text().contains("\t"));
    assertTrue(SCHEMA.takes(drafted.text()), drafted.text());
    return ConfigReader.parse(
        "drafted.yaml",
        drafted.text(),
        EnumSet.of(Part.SOURCE, Part.COLUMNS, Part.SPLIT, Part.OUTPUT, Part.TRAIN));
  }
}
