package dev.almanac.pipelines.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.pipelines.cases.CaseFolder.Answer;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a run was not trained on, as other programs write them. */
class PredictCasesTest {
  @TempDir static Path temporary;

  private static CaseFolder trained;

  @BeforeAll
  static void train() throws IOException {
    trained = CaseFolder.of("14-predict-null", temporary);
    trained.run("prepare", "c.yaml").json();
    trained.run("train", "c.yaml").json();
  }

  private static Predicted predict(String file, String... options) throws IOException {
    return Predicted.of(trained, "c.yaml", trained.path("new", file), options);
  }

  private static Predicted made(String name, String text, String... options) throws IOException {
    trained.write("made/" + name, text);
    return Predicted.of(trained, "c.yaml", trained.path("made", name), options);
  }

  @Test
  void whatIsLeftOutOrHeldTwiceIsSaidAsPrepareSaysIt() throws IOException {
    Path ok = trained.path("new", "ok.csv");
    Path folder = Files.createDirectories(trained.path("again"));
    for (String name : List.of("a.csv", "b.csv", "._c.csv", "D.CSV")) {
      Files.copy(ok, folder.resolve(name));
    }
    try (var packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve("e.csv.gz")))) {
      Files.copy(ok, packed);
    }
    Predicted predicted =
        Predicted.of(
            trained,
            "c.yaml",
            folder.resolve("*.csv"),
            "--input",
            folder.resolve("e.csv.gz").toString());
    Map<String, JsonNode> notices = new TreeMap<>();
    predicted
        .json()
        .get("notices")
        .forEach(notice -> notices.put(notice.get("kind").textValue(), notice));
    assertEquals(
        Set.of("files-left-out", "hint", "same-content"), notices.keySet(), predicted.notices());
    assertEquals(
        List.of("%s/._c.csv (hidden file)".formatted(folder)),
        texts(notices.get("files-left-out").get("places")));
    assertEquals(List.of(folder + "/D.CSV"), texts(notices.get("hint").get("places")));
    assertEquals(
        List.of(
            "%1$s/b.csv = %1$s/a.csv".formatted(folder),
            "%1$s/e.csv.gz = %1$s/a.csv".formatted(folder)),
        texts(notices.get("same-content").get("places")));
    Path manifest = Path.of(predicted.json().get("predictions").textValue(), "predictions.json");
    assertEquals(
        predicted.json().get("notices"),
        Json.tree(Files.readString(manifest), "predictions.json").get("notices"));
    Predicted once =
        Predicted.of(
            trained, "c.yaml", folder.resolve("[ab].csv"), "--set", "source.duplicates=skip");
    assertEquals(predict("ok.csv").rows(), once.rows());
    assertTrue(once.notices().contains("the same content as " + folder), once.notices());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  @Test
  void anEmptyCellWhereTrainHadNoneIsImputed() throws IOException {
    Predicted predicted = predict("null.csv");
    assertEquals(List.of(0L, (long) predicted.rows()), List.of(predicted.rejected(), 20L));
    assertEquals(predict("ok.csv").value("prediction", 0), predicted.value("prediction", 0));
  }

  @Test
  void integersAsPandasWritesThemAreIntegers() throws IOException {
    Predicted pandas = predict("pandas.csv");
    assertEquals(0, pandas.rejected());
    Predicted plain = predict("ok.csv");
    assertEquals(plain.column("keep.grp"), pandas.column("keep.grp"));
    for (int row = 0; row < plain.rows(); row++) {
      if (pandas.value("keep.n", row) != null) {
        assertEquals(plain.value("prediction", row), pandas.value("prediction", row));
      }
    }
    assertEquals(1, pandas.column("keep.n").stream().filter(cell -> cell == null).count());
  }

  @Test
  void aNumberIsTakenWhereTrainHadIntegersAndKeptAsItIs() throws IOException {
    Predicted decimal = predict("decimal.csv");
    assertEquals(List.of("2.5", "3.0"), decimal.column("keep.n"));
    assertEquals(0, decimal.rejected());
    assertTrue(decimal.notices().contains("kept column 'n' is a double here"), decimal.notices());
    assertTrue(
        !decimal.value("prediction", 0).equals(made("two.csv", DECIMAL).value("prediction", 0)));
  }

  private static final String DECIMAL =
      "date,station,grp,n,x1\n2021-05-01,S1,1,2,10.0\n2021-05-02,S2,2,3,11.5\n";

  @Test
  void anyWayToWriteANumberIsThatNumberAndWhatIsKeptIsWhatStood() throws IOException {
    Predicted odd = predict("odd.csv");
    Predicted plain =
        made("plain.csv", "date,station,grp,n,x1\n2021-05-01,S1,1,2,10\n2021-05-02,S1,1,2,10\n");
    assertEquals(0, odd.rejected());
    assertEquals(plain.column("prediction"), odd.column("prediction"));
    assertEquals(List.of("1", "01"), odd.column("keep.grp"));
    assertEquals(List.of("2", "2"), odd.column("keep.n"));
  }

  @Test
  void aKeptColumnThatIsNotThereIsSaidAndMissing() throws IOException {
    Predicted predicted = predict("nodate.csv");
    assertEquals(0, predicted.rejected());
    assertEquals(predict("ok.csv").column("prediction"), predicted.column("prediction"));
    assertTrue(
        predicted.notices().contains("no input file has column 'date'"), predicted.notices());
  }

  @Test
  void filesWithNoneOfTheColumnsAreNamedWithTheNearestTheyHave() throws IOException {
    trained.write("made/upper.csv", "Date,Station,Grp,N,X1\n2021-05-01,S1,1,2,10\n");
    String error =
        trained
            .run(
                "predict",
                "c.yaml",
                "--input",
                trained.path("made", "upper.csv").toString(),
                "--output",
                trained.path("never").toString())
            .error(1);
    assertTrue(error.contains("upper.csv (it has 'X1')"), error);
    assertTrue(!Files.exists(trained.path("never")) || isEmpty(trained.path("never")), error);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void aKeptDateInAnotherFormIsKeptAsItStands() throws IOException {
    Predicted predicted = predict("usdate.csv");
    assertEquals(List.of("05/01/2021"), predicted.column("keep.date"));
    assertEquals(List.of("2021-05-01 00:00:00"), predict("tsdate.csv").column("keep.date"));
  }

  @Test
  void textWhereTrainHadNumberedCategoriesIsACategoryThatIsNotKnown() throws IOException {
    Predicted text =
        made("text.csv", "date,station,grp,n,x1\n2021-05-01,S1,A7,2,10\n2021-05-01,S1,99,2,10\n");
    assertEquals(0, text.rejected());
    assertEquals(List.of("A7", "99"), text.column("keep.grp"));
    assertEquals(text.value("prediction", 0), text.value("prediction", 1));
  }

  @Test
  void reorderedAndFurtherColumnsChangeNothing() throws IOException {
    Predicted ordered =
        made("ordered.csv", "date,station,grp,n,x1\n2021-05-01,S1,1,2,10\n2021-05-02,S2,2,3,11\n");
    Predicted other =
        made(
            "other.csv",
            "more,x1,y,n,grp,date,station,more\n[1],10,a,2,1,2021-05-01,S1,\n,11,,3,2,2021-05-02,S2,8\n");
    assertEquals(ordered.column("prediction"), other.column("prediction"));
  }

  @Test
  void aColumnByAnotherNameIsSaidWithTheNearestName() throws IOException {
    trained.write("made/case.csv", "date,station,grp,N,x1\n2021-05-01,S1,1,2,10\n");
    String error =
        trained
            .run(
                "predict",
                "c.yaml",
                "--input",
                trained.path("made", "case.csv").toString(),
                "--output",
                trained.path("out", "case").toString())
            .error(1);
    assertTrue(error.contains("column 'n'") && error.contains("it has 'N'"), error);
    trained.write("made/both/lower.csv", "date,station,grp,n,x1\n2021-05-01,S1,1,2,10\n");
    trained.write("made/both/upper.csv", "date,station,grp,N,x1\n2021-05-01,S1,1,2,10\n");
    Predicted some = Predicted.of(trained, "c.yaml", trained.path("made", "both", "*.csv"));
    assertEquals(2, some.rows());
    assertTrue(
        some.notices()
            .contains("1 of 2 input files has no column 'n': read as missing in its rows"),
        some.notices());
    assertTrue(some.notices().contains("upper.csv (it has 'N')"), some.notices());
  }

  @Test
  void aCellThatIsNoNumberIsARejectWithItsPlace() throws IOException {
    trained.write("made/bad.csv", "date,station,grp,n,x1\n2021-05-01,S1,1,2,ten\n");
    String error =
        trained
            .run(
                "predict",
                "c.yaml",
                "--input",
                trained.path("made", "bad.csv").toString(),
                "--output",
                trained.path("out", "bad").toString())
            .error(1);
    assertTrue(error.contains("bad.csv") && error.contains("line 2"), error);
    assertTrue(error.contains("ten"), error);
  }

  @Test
  void theRunsReadingIsUsedWhateverTheConfigSaysToday() throws IOException {
    String rows = "date,station,grp,n,x1\n2021-05-01,S1,1,2,10.0\n2021-05-02,S2,2,3,NA\n";
    Predicted before = made("nulls.csv", rows);
    Predicted after =
        made("nulls.csv", rows, "--set", "source.nulls=[\"10.0\"]", "--set", "source.delimiter=;");
    assertEquals(before.column("prediction"), after.column("prediction"));
    assertTrue(after.err().contains("reads files as run"), after.err());
    assertTrue(!before.err().contains("reads files as run"), before.err());
  }

  @Test
  void theReadingStandsInTheTransform() throws IOException {
    Answer prepared = trained.run("prepare", "c.yaml", "--set", "source.nulls=[\"x\"]");
    JsonNode reading =
        dev.almanac.transforms.json.Json.mapper()
            .readTree(
                Path.of(prepared.json().get("dataset").textValue(), "transform/transform.json")
                    .toFile())
            .get("reading");
    assertEquals("x", reading.at("/nulls/0").textValue());
    assertEquals(",", reading.get("delimiter").textValue());
  }
}
