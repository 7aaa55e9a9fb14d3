package dev.almanac.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.lease.LeaseException;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.sample.SamplerContract;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StudyTest {
  private static final String SPACE =
      "{\"x\": {\"float\": [-1.0, 1.0]}, \"y\": {\"log-uniform\": [0.1, 10.0]}}";

  private static final Course COURSE = course(1);

  /** A bowl whose lowest place is (0.5, 1). */
  private static final Objective BOWL =
      (trial, until) -> Objective.Outcome.of(bowl(trial.assignment()), "run-" + trial.number());

  private final List<Study> opened = new ArrayList<>();

  @TempDir Path folder;

  private static double bowl(Map<String, JsonNode> at) {
    double x = at.get("x").doubleValue() - 0.5;
    double y = Math.log(at.get("y").doubleValue());
    return x * x + y * y;
  }

  @Test
  void aStudyKilledAndOpenedAgainEndsAsOneThatWasNot() throws Exception {
    Study whole = open("whole", config(42, "minimize"));
    whole.run(BOWL, Effort.of(12, 1), StudyListener.NONE);

    Set<Integer> ended = ConcurrentHashMap.newKeySet();
    Error kill = new Error("killed");
    Objective killed =
        (trial, until) -> {
          if (trial.number() == 5) {
            throw kill;
          }
          ended.add(trial.number());
          return BOWL.evaluate(trial, Objective.TO_ITS_END);
        };
    Study first = open("cut", config(42, "minimize"));
    assertEquals(
        kill,
        assertThrows(Error.class, () -> first.run(killed, Effort.of(12, 1), StudyListener.NONE)));
    assertEquals(Set.of(0, 1, 2, 3, 4), ended);

    List<Integer> repeated = new ArrayList<>();
    List<Integer> known = new ArrayList<>();
    Study second = open("cut", config(42, "minimize"));
    assertEquals(Trial.State.RUNNING, second.trials().get(5).state());
    second.run(
        (trial, until) -> {
          repeated.add(trial.number());
          return BOWL.evaluate(trial, Objective.TO_ITS_END);
        },
        Effort.of(12, 1),
        new StudyListener() {
          @Override
          public void known(Trial trial) {
            known.add(trial.number());
          }
        });
    assertEquals(List.of(0, 1, 2, 3, 4), known);
    assertEquals(List.of(5, 6, 7, 8, 9, 10, 11), repeated);
    assertEquals(answers(whole), answers(second));
    assertEquals(whole.best().orElseThrow().number(), second.best().orElseThrow().number());
  }

  @Test
  void anInterruptedTrialRunsAgainWithTheSameValues() throws Exception {
    Study study = open("study", config(42, "minimize"));
    List<Map<String, JsonNode>> asked = new ArrayList<>();
    assertThrows(
        InterruptedException.class,
        () ->
            study.run(
                (trial, until) -> {
                  asked.add(trial.assignment());
                  throw new InterruptedException();
                },
                Effort.of(3, 1),
                StudyListener.NONE));
    open("study", config(42, "minimize"))
        .run(
            (trial, until) -> {
              asked.add(trial.assignment());
              return BOWL.evaluate(trial, Objective.TO_ITS_END);
            },
            Effort.of(1, 1),
            StudyListener.NONE);
    assertEquals(2, asked.size());
    assertEquals(asked.get(0), asked.get(1));
  }

  @Test
  void parallelTrialsAreThoseOfOneAtATime() throws Exception {
    Study alone = open("alone", config(42, "minimize", course(4)));
    alone.run(BOWL, Effort.of(20, 1), StudyListener.NONE);
    Study together = open("together", config(42, "minimize", course(4)));
    together.run(BOWL, Effort.of(20, 4), StudyListener.NONE);
    assertEquals(answers(alone), answers(together));
  }

  @Test
  void asManyTrialsRunAtOnceAsAskedAndNoMore() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    open("study", config(42, "minimize", course(4)))
        .run(
            (trial, until) -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              three.countDown();
              assertTrue(three.await(30, TimeUnit.SECONDS));
              running.decrementAndGet();
              return BOWL.evaluate(trial, Objective.TO_ITS_END);
            },
            Effort.of(9, 3),
            StudyListener.NONE);
    assertEquals(3, most.get());
  }

  @Test
  void aFailedTrialIsRecordedAndDoesNotStopTheStudy() throws Exception {
    Study study = open("study", config(42, "minimize"));
    study.run(
        (trial, until) -> {
          if (trial.number() == 1) {
            throw new IOException("Cannot train: the loss is NaN");
          }
          return trial.number() == 2
              ? Objective.Outcome.of(Double.NaN, "run")
              : BOWL.evaluate(trial, Objective.TO_ITS_END);
        },
        Effort.of(4, 1),
        StudyListener.NONE);
    List<Trial> trials = study.trials();
    assertEquals("Cannot train: the loss is NaN", trials.get(1).reason());
    assertEquals("Cannot use trial 2: its value is not finite (NaN)", trials.get(2).reason());
    assertEquals(
        List.of("finished", "failed", "failed", "finished"),
        trials.stream().map(trial -> trial.state().text()).toList());
    AtomicInteger again = new AtomicInteger();
    open("study", config(42, "minimize"))
        .run(
            (trial, until) -> {
              again.incrementAndGet();
              return BOWL.evaluate(trial, Objective.TO_ITS_END);
            },
            Effort.of(4, 1),
            StudyListener.NONE);
    assertEquals(0, again.get());
  }

  @Test
  void theBestTrialIsTheOneThatTheGoalPrefers() throws Exception {
    Study low = open("low", config(42, "minimize"));
    low.run(BOWL, Effort.of(10, 1), StudyListener.NONE);
    Study high = open("high", config(42, "maximize"));
    high.run(BOWL, Effort.of(10, 1), StudyListener.NONE);
    List<Double> values = low.trials().stream().map(Trial::value).sorted().toList();
    assertEquals(values.get(0), low.best().orElseThrow().value());
    assertEquals(values.get(9), high.best().orElseThrow().value());
  }

  @Test
  void aStudyCanBeLengthened() throws Exception {
    open("study", config(42, "minimize")).run(BOWL, Effort.of(3, 1), StudyListener.NONE);
    Study longer = open("study", config(42, "minimize"));
    longer.run(BOWL, Effort.of(5, 1), StudyListener.NONE);
    assertEquals(5, longer.trials().size());
  }

  @Test
  void aGridEndsByItself() throws Exception {
    String space = "{\"x\": {\"choice\": [0.0, 0.5]}, \"y\": {\"choice\": [1.0, 2.0]}}";
    StudyConfig config =
        new StudyConfig(
            "s",
            "grid",
            1,
            "validation.mae",
            Goal.MINIMIZE,
            Json.tree(space, "space"),
            "base",
            COURSE);
    Study study =
        Study.open(folder.resolve("grid").toString(), config, SamplerContract.space(space), false);
    study.run(BOWL, Effort.of(Integer.MAX_VALUE, 2), StudyListener.NONE);
    assertEquals(4, study.trials().size());
    assertEquals(0.0, study.best().orElseThrow().value());
  }

  @Test
  void anotherQuestionUnderTheSameNameIsRefusedAndNothingIsTouched() throws Exception {
    open("study", config(42, "minimize")).run(BOWL, Effort.of(3, 1), StudyListener.NONE);
    String trials = Files.readString(folder.resolve("study/trials.jsonl"));
    SearchException e =
        assertThrows(SearchException.class, () -> open("study", config(43, "maximize")));
    assertEquals(
        "Cannot go on with study %s: its trials answer another question (changed since: goal was minimize and is maximize, seed was 42 and is 43); change it back, or give the study another name"
            .formatted(folder.resolve("study")),
        e.getMessage());
    assertEquals(trials, Files.readString(folder.resolve("study/trials.jsonl")));
  }

  @Test
  void aStudyThatIsBeingSearchedIsRefusedAtTheStart() throws Exception {
    Study one = open("study", config(42, "minimize"));
    var refused = assertThrows(LeaseException.class, () -> again("study", config(42, "minimize")));
    assertEquals(
        "Cannot search in %s: this process is at it already".formatted(folder.resolve("study")),
        refused.getMessage());
    one.run(BOWL, Effort.of(2, 1), StudyListener.NONE);
    assertEquals(2, one.trials().size());
  }

  @Test
  void whatAnotherWroteMeanwhileIsNotOverwritten() throws Exception {
    Study one = open("study", config(42, "minimize"));
    one.run(BOWL, Effort.of(1, 1), StudyListener.NONE);
    Path file = folder.resolve("study/trials.jsonl");
    Files.writeString(file, Files.readString(file) + "\n");
    SearchException e =
        assertThrows(
            SearchException.class, () -> one.run(BOWL, Effort.of(2, 1), StudyListener.NONE));
    assertTrue(e.getMessage().contains("another process is writing"), e.getMessage());
  }

  /** Names runs as it is asked for them and remembers which it was asked to go on with. */
  private static final class Naming implements Objective {
    final List<String> evaluated = new ArrayList<>();
    private final int dies;
    private int named;

    Naming(int dies) {
      this.dies = dies;
    }

    @Override
    public String run(Trial trial) {
      return trial.runId() == null ? "run-%d-%d".formatted(dies, named++) : trial.runId();
    }

    @Override
    public Outcome evaluate(Trial trial, int untilEpoch) {
      evaluated.add(trial.runId());
      if (trial.number() == dies) {
        throw new Error("killed");
      }
      return Outcome.of(bowl(trial.assignment()), trial.runId());
    }
  }

  @Test
  void aTrialsRunIsWrittenWithItsStartAndIsTheSameAfterAKill() throws Exception {
    Naming first = new Naming(2);
    Study study = open("study", config(42, "minimize"));
    assertThrows(Error.class, () -> study.run(first, Effort.of(4, 1), StudyListener.NONE));
    Naming second = new Naming(-1);
    Study again = open("study", config(42, "minimize"));
    assertEquals("run-2-2", again.trials().get(2).runId());
    again.run(second, Effort.of(4, 1), StudyListener.NONE);
    assertEquals(List.of("run-2-2", "run--1-0"), second.evaluated);
    assertEquals(
        List.of("run-2-0", "run-2-1", "run-2-2", "run--1-0"),
        again.trials().stream().map(Trial::runId).toList());
  }

  @Test
  void whereverTheFileIsTornOffNoFinishedTrialBeforeIsRepeatedAndTheLossIsSaid() throws Exception {
    Study whole = open("study", config(42, "minimize"));
    whole.run(BOWL, Effort.of(3, 1), StudyListener.NONE);
    List<String> answers = answers(whole);
    Path file = folder.resolve("study/trials.jsonl");
    String text = Files.readString(file);
    for (int end = 0; end < text.length(); end += 7) {
      String torn = text.substring(0, end);
      Files.writeString(file, torn);
      boolean isWhole = torn.isEmpty() || torn.endsWith("\n") || torn.endsWith("}");
      List<Integer> repeated = new ArrayList<>();
      Study study = open("study", config(42, "minimize"));
      if (!isWhole) {
        long line = torn.lines().count();
        assertEquals(
            List.of(
                "Line %d of %s cannot be read and is left out: the end of it was torn off, or damaged"
                    .formatted(line, file)),
            study.damage());
      }
      study.run(
          (trial, until) -> {
            repeated.add(trial.number());
            return BOWL.evaluate(trial, Objective.TO_ITS_END);
          },
          Effort.of(3, 1),
          StudyListener.NONE);
      long ended = torn.lines().filter(l -> l.contains("finished") && l.endsWith("}")).count();
      assertEquals(3 - ended, repeated.size(), torn);
      assertEquals(answers, answers(study), "the same questions get the same answers");
      open("study", config(42, "minimize"));
      assertEquals(List.of(), opened.get(0).damage(), "what was torn off is gone: " + torn);
    }
  }

  @Test
  void aDamagedLineInTheMiddleCostsItselfAndIsSaidEveryTime() throws Exception {
    open("study", config(42, "minimize")).run(BOWL, Effort.of(3, 1), StudyListener.NONE);
    Path file = folder.resolve("study/trials.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    assertTrue(lines.get(3).contains("finished"), lines.get(3));
    lines.set(3, lines.get(3).substring(0, 20));
    Files.write(file, lines);
    List<Integer> repeated = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      Study study = open("study", config(42, "minimize"));
      assertEquals(
          List.of("Line 4 of %s cannot be read and is left out: damaged".formatted(file)),
          study.damage());
      study.run(
          (trial, until) -> {
            repeated.add(trial.number());
            return BOWL.evaluate(trial, Objective.TO_ITS_END);
          },
          Effort.of(3, 1),
          StudyListener.NONE);
    }
    assertEquals(List.of(1), repeated);
    assertTrue(Files.readAllLines(file).contains(lines.get(3)), "nothing is thrown away");
  }

  @Test
  void aDamagedQuestionIsNamed() throws Exception {
    open("study", config(42, "minimize")).run(BOWL, Effort.of(1, 1), StudyListener.NONE);
    Path file = folder.resolve("study/study.json");
    for (String text : List.of("", "{", "{\"format-version\": 2}", "[]")) {
      Files.writeString(file, text);
      var e = assertThrows(SearchException.class, () -> open("study", config(42, "minimize")));
      assertTrue(e.getMessage().contains("its study.json, which says"), e.getMessage());
    }
  }

  @Test
  void everyEventIsALineAndNoneIsEverChanged() throws Exception {
    Study study = open("study", config(42, "minimize"));
    study.run(BOWL, Effort.of(2, 1), StudyListener.NONE);
    String before = Files.readString(folder.resolve("study/trials.jsonl"));
    study.run(BOWL, Effort.of(4, 1), StudyListener.NONE);
    String after = Files.readString(folder.resolve("study/trials.jsonl"));
    assertTrue(after.startsWith(before));
    assertEquals(8, after.lines().count());
    assertFalse(Files.exists(folder.resolve("study/.trials.jsonl.writing")));
  }

  /** As the next process does, when the one before has ended. */
  private Study open(String name, StudyConfig config) throws IOException {
    closeAll();
    Study study = again(name, config);
    opened.add(study);
    return study;
  }

  @AfterEach
  void closeAll() throws IOException {
    for (Study study : opened) {
      study.close();
    }
    opened.clear();
  }

  private Study again(String name, StudyConfig config) throws IOException {
    return Study.open(folder.resolve(name).toString(), config, SamplerContract.space(SPACE), false);
  }

  private static Course course(int inFlight) {
    return new Course(Order.DETERMINISTIC, inFlight, Pruners.none(), new Epochs("train.epochs", 1));
  }

  private static StudyConfig config(long seed, String goal) throws IOException {
    return config(seed, goal, COURSE);
  }

  private static StudyConfig config(long seed, String goal, Course course) throws IOException {
    return new StudyConfig(
        "bowl",
        "random",
        seed,
        "validation.mae",
        Goal.of(goal),
        Json.tree(SPACE, "space"),
        "base",
        course);
  }

  /** What a study found, without how long it took. */
  private static List<String> answers(Study study) {
    return study.trials().stream()
        .map(
            trial -> trial.number() + Json.line(trial.assignment()) + trial.value() + trial.runId())
        .toList();
  }
}
