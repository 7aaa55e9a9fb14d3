package dev.almanac.training.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.almanac.training.search.prune.Pruner;
import dev.almanac.training.search.prune.Pruners;
import dev.almanac.training.search.sample.Sampler;
import dev.almanac.training.search.sample.SamplerContract;
import dev.almanac.training.search.sample.Samplers;
import dev.almanac.training.search.space.SearchException;
import dev.almanac.training.search.trial.Epochs;
import dev.almanac.training.search.trial.Given;
import dev.almanac.training.search.trial.Goal;
import dev.almanac.training.search.trial.Resource;
import dev.almanac.training.search.trial.Trial;
import dev.almanac.transforms.json.Json;
import dev.almanac.transforms.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What studies decide over simulated trainings. */
@Timeout(120)
class CourseTest {
  private static final String SPACE =
      "{\"x\": {\"float\": [-1.0, 1.0]}, \"y\": {\"log-uniform\": [0.1, 10.0]}}";
  private static final int EPOCHS = 27;

  /** Of an epoch, where training is counted in them. */
  private static final int ROW_GROUPS = 9;

  @TempDir Path folder;
  private int studies;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: none}",
        "{name: median, startup: 3, from: 2, every: 2}",
        "{name: percentile, keep: 25, startup: 4}",
        "{name: patience, epochs: 3, min-delta: 0.01}",
        "{name: asha, min: 1, eta: 3}",
        "{name: asha, min: 2, eta: 2, form: stop}",
        "{name: hyperband, min: 1, eta: 3}",
        "{name: hyperband, min: 1, eta: 3, form: stop}",
        "{name: median, resource: row-groups, startup: 3, from: 2, every: 2}",
        "{name: asha, resource: row-groups, min: 1, eta: 3}",
        "{name: asha, resource: row-groups, min: 2, eta: 2, form: stop}",
        "{name: hyperband, resource: row-groups, min: 1, eta: 3}"
      })
  void anyNumberOfWorkersDecidesTheSame(String pruner) throws Exception {
    for (Goal goal : Goal.values()) {
      List<String> one = null;
      for (int workers : new int[] {1, 2, 4, 8}) {
        Ran ran = run(question(pruner, Order.DETERMINISTIC, goal), Effort.of(24, workers));
        assertEquals(24, ran.trials().size());
        one = one == null ? ran.decisions() : one;
        assertEquals(one, ran.decisions(), pruner + ", " + workers + " workers");
        checkLaws(ran, pruner, goal);
      }
    }
  }

  /** SEARCH's laws of what is promoted and trained. */
  private static void checkLaws(Ran ran, String pruner, Goal goal) throws IOException {
    Map<Integer, Integer> reached = new HashMap<>();
    for (Trial line : ran.lines()) {
      int before = reached.getOrDefault(line.number(), 0);
      assertTrue(line.reached() >= before, "resources never decrease");
      assertTrue(line.reached() <= EPOCHS);
      reached.put(line.number(), line.reached());
    }
    ran.objective()
        .asked
        .forEach(
            (number, asked) ->
                assertEquals(
                    asked.stream().sorted().distinct().toList(), asked, "no segment twice"));
    assertTrue(ran.trials().stream().noneMatch(trial -> trial.state() == Trial.State.RUNNING));
    if (pruner.contains("eta")) {
      RungLaws laws =
          new RungLaws(ran.lines(), goal, pruner.contains("eta: 2") ? 2 : 3, ran::start);
      if (pruner.contains("stop")) {
        laws.checkStops();
      } else {
        laws.checkPromotions();
      }
    }
  }

  @Test
  void trialsThatAreNotFiniteEndAndTheSearchGoesOn() throws Exception {
    Ran ran =
        run(
            question("{name: asha, min: 3, eta: 3}", Order.DETERMINISTIC, Goal.MINIMIZE),
            Effort.of(60, 2));
    List<String> reasons =
        ran.trials().stream()
            .filter(trial -> trial.state() == Trial.State.FAILED)
            .map(Trial::reason)
            .toList();
    assertTrue(
        reasons.stream().anyMatch(r -> r.contains("is not finite (NaN)")), reasons::toString);
    assertTrue(ran.trials().stream().anyMatch(t -> t.state() == Trial.State.FINISHED));
    assertEquals(60, ran.trials().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deterministic", "async"})
  void wheneverItIsKilledItEndsWithTheSameTrials(String order) throws Exception {
    StudyConfig question = question("{name: asha, min: 1, eta: 3}", Order.of(order), Goal.MINIMIZE);
    Ran whole = run(question, Effort.of(20, 1));
    String journal = Files.readString(whole.folder().resolve("trials.jsonl"));
    for (int kill = 0; kill < 100; kill++) {
      int offset = (int) ((long) journal.length() * kill / 100) + kill % 7;
      Path cut = folder.resolve("cut-" + order + kill);
      Files.createDirectories(cut);
      Files.copy(whole.folder().resolve("study.json"), cut.resolve("study.json"));
      Files.writeString(cut.resolve("trials.jsonl"), journal.substring(0, offset));
      Ran again = run(cut, question, Effort.of(20, order.equals("async") ? 1 : 2));
      assertEquals(whole.results(), again.results(), "killed at " + offset);
      assertEquals(20, again.trials().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deterministic", "async"})
  void theJournalReplaysToEverySuggestion(String order) throws Exception {
    StudyConfig question = question("{name: asha}", Order.of(order), Goal.MINIMIZE, "learner");
    Ran ran = run(question, Effort.of(40, 4));
    Sampler sampler = Samplers.of(question.sampler(), question.goal());
    Ledger ledger = ledger(question);
    Set<Integer> seen = new HashSet<>();
    for (Trial line : ran.lines()) {
      if (seen.add(line.number())) {
        assertEquals(
            sampler
                .suggest(
                    SamplerContract.space(SPACE), question.seed(), line.number(), ledger.trials())
                .orElseThrow(),
            line.assignment());
      }
      ledger.add(line);
    }
    assertEquals(40, seen.size());
  }

  @Test
  void aBudgetOfEpochsIsNeverExceeded() throws Exception {
    for (String pruner : List.of("{name: none}", "{name: asha}", "{name: median, startup: 2}")) {
      Ran ran =
          run(
              question(pruner, Order.DETERMINISTIC, Goal.MINIMIZE),
              new Effort(new Budget(null, 150L, null, null, null), 2, List.of()));
      assertEquals(Budget.End.EPOCHS, ran.end());
      int epochs = ran.trials().stream().mapToInt(Trial::reached).sum();
      assertTrue(epochs <= 150 && epochs > 150 - 3 * EPOCHS, pruner + epochs);
    }
  }

  @Test
  void whatEndedAStudyIsSaidAndKept() throws Exception {
    StudyConfig question = question("{name: none}", Order.DETERMINISTIC, Goal.MINIMIZE);
    assertEquals(Budget.End.TRIALS, run(question, Effort.of(3, 1)).end());
    Ran plateau = run(question, budget(new Budget(500, null, null, null, 5)));
    assertEquals(Budget.End.PLATEAU, plateau.end());
    Ran target = run(question, budget(new Budget(500, null, null, 0.6, null)));
    assertEquals(Budget.End.TARGET, target.end());
    assertTrue(
        target.trials().stream().anyMatch(trial -> trial.value() != null && trial.value() <= 0.6));
    JsonNode file =
        Json.tree(Files.readString(target.folder().resolve("study.json")), "study.json");
    assertEquals("target", file.get("ended").textValue());
  }

  @Test
  void timeStopsWhatRunsAndItIsGoneOnWith() throws Exception {
    StudyConfig question = question("{name: none}", Order.DETERMINISTIC, Goal.MINIMIZE);
    Path at = folder.resolve("timed");
    Objective endless =
        new Objective() {
          private volatile boolean isStopped;

          @Override
          public Outcome evaluate(Trial trial, int untilEpoch) throws Exception {
            if (trial.number() < 2) {
              return Outcome.of(trial.number(), null);
            }
            while (!isStopped) {
              Thread.sleep(5);
            }
            throw new InterruptedException();
          }

          @Override
          public void stop() {
            isStopped = true;
          }
        };
    try (Study study = open(at, question)) {
      Budget budget = new Budget(6, null, 1L, null, null);
      assertEquals(Budget.End.TIME, study.run(endless, budget(budget), StudyListener.NONE));
      assertEquals(0.0, study.best().orElseThrow().value());
      assertEquals(Trial.State.RUNNING, study.trials().get(2).state());
    }
    assertEquals(6, run(at, question, Effort.of(6, 2)).trials().size());
  }

  @Test
  void givenTrialsComeFirstAndThoseTakenOverAreNotTrained() throws Exception {
    StudyConfig question = question("{name: none}", Order.DETERMINISTIC, Goal.MINIMIZE);
    Map<String, JsonNode> point = Map.of("x", Json.tree("0.5", ""), "y", Json.tree("1.5", ""));
    Map<String, JsonNode> old = Map.of("x", Json.tree("0.25", ""), "y", Json.tree("2.5", ""));
    List<Given> given =
        List.of(Given.of("given", point), new Given("run r1", old, -5.0, List.of(), "r1"));
    for (int time = 0; time < 2; time++) {
      Ran ran = run(folder.resolve("given"), question, new Effort(Budget.ofTrials(4), 2, given));
      assertEquals(
          List.of("run r1", "given", "random", "random", "random"),
          ran.trials().stream().map(Trial::origin).toList());
      assertEquals(point, ran.trials().get(1).assignment());
      assertFalse(ran.objective().asked.containsKey(0));
    }
  }

  @Test
  void ofFewTrialsTheBestIsTrainedToItsEnd() throws Exception {
    Ran ran = run(question("{name: asha}", Order.DETERMINISTIC, Goal.MINIMIZE), Effort.of(2, 1));
    assertTrue(ran.trials().stream().anyMatch(t -> t.state() == Trial.State.FINISHED));
  }

  @Test
  void aNarrowedSpaceIsTakenAndKeptAndAnotherOnlyWhenAskedFor() throws Exception {
    StudyConfig question = question("{name: none}", Order.DETERMINISTIC, Goal.MINIMIZE);
    Path at = folder.resolve("narrowed");
    run(at, question, Effort.of(3, 1));
    String narrow = SPACE.replace("-1.0, 1.0", "0.0, 0.5");
    try (Study study =
        Study.open(at.toString(), with(question, narrow), SamplerContract.space(narrow), false)) {
      study.run(new Curves(EPOCHS, false, 0), Effort.of(9, 1), StudyListener.NONE);
      assertTrue(
          study.trials().stream()
              .skip(3)
              .allMatch(
                  trial ->
                      trial.assignment().get("x").doubleValue() >= 0
                          && trial.assignment().get("x").doubleValue() <= 0.5));
    }
    JsonNode asked =
        Json.tree(Files.readString(at.resolve("study.json")), "study.json").get("asked");
    assertEquals(2, asked.size());
    assertEquals("space, which is narrower", asked.get(1).get("changed").get(0).textValue());
    assertEquals(question.space(), asked.get(1).get("before").get("space"));
    String wide = SPACE.replace("-1.0, 1.0", "-2.0, 1.0");
    SearchException refused =
        assertThrows(
            SearchException.class,
            () ->
                Study.open(
                    at.toString(), with(question, wide), SamplerContract.space(wide), false));
    assertTrue(refused.getMessage().contains("(changed since: space)"), refused.getMessage());
    Study.open(at.toString(), with(question, wide), SamplerContract.space(wide), true).close();
  }

  @Test
  void anotherSeedSuggestsOthers() throws Exception {
    StudyConfig one = question("{name: none}", Order.DETERMINISTIC, Goal.MINIMIZE);
    StudyConfig two =
        new StudyConfig(
            one.name(),
            one.sampler(),
            8,
            one.metric(),
            one.goal(),
            one.space(),
            one.base(),
            one.course());
    assertNotEquals(run(one, Effort.of(3, 1)).results(), run(two, Effort.of(3, 1)).results());
  }

  @Test
  void rungsInRowGroupsAreSaidAndKeptAsSuch() throws Exception {
    String pruner = "{name: asha, resource: row-groups, min: 2, eta: 2, form: stop}";
    Ran ran = run(question(pruner, Order.DETERMINISTIC, Goal.MINIMIZE), Effort.of(24, 2));
    String journal = Files.readString(ran.folder().resolve("trials.jsonl"));
    assertTrue(journal.contains("{\"row-groups\":2,\"value\":"), journal);
    assertFalse(journal.contains("\"epoch\""), journal);
    assertTrue(
        ran.trials().stream()
            .anyMatch(
                trial ->
                    trial.state() == Trial.State.PRUNED
                        && trial.reason().startsWith("after 2 row groups it was number ")),
        journal);
    StudyRecord record = StudyRecord.read(ran.folder().toString());
    assertEquals(Resource.ROW_GROUPS, record.resource());
    assertEquals(ran.trials().stream().mapToLong(Trial::reached).sum(), record.reached());
    assertEquals(record.reached() / ROW_GROUPS, record.epochs());
  }

  @Test
  void aBudgetIsInEpochsWhateverRungsAreIn() throws Exception {
    String pruner = "{name: asha, resource: row-groups, min: 1, eta: 3}";
    StudyConfig question = question(pruner, Order.DETERMINISTIC, Goal.MINIMIZE);
    Ran ran = run(question, budget(new Budget(null, 5L, null, null, null)));
    assertEquals(Budget.End.EPOCHS, ran.end());
    long reached = ran.trials().stream().mapToLong(Trial::reached).sum();
    assertTrue(reached <= 5 * ROW_GROUPS, "row groups: " + reached);
    assertTrue(reached > 4 * ROW_GROUPS, "row groups: " + reached);
  }

  @Test
  void trialsInEpochsAndInRowGroupsAreNotCompared() throws Exception {
    StudyConfig epochs = question("{name: asha, min: 1}", Order.DETERMINISTIC, Goal.MINIMIZE);
    StudyConfig rowGroups =
        question("{name: asha, resource: row-groups, min: 1}", Order.DETERMINISTIC, Goal.MINIMIZE);
    Path at = run(epochs, Effort.of(2, 1)).folder();
    var error =
        assertThrows(
            SearchException.class,
            () -> Study.open(at.toString(), rowGroups, SamplerContract.space(SPACE), true));
    assertTrue(
        error.getMessage().contains("resource was epochs and is row-groups, 9 an epoch"),
        error.getMessage());
  }

  private static Effort budget(Budget budget) {
    return new Effort(budget, 2, List.of());
  }

  private static StudyConfig with(StudyConfig question, String space) throws IOException {
    return new StudyConfig(
        question.name(),
        question.sampler(),
        question.seed(),
        question.metric(),
        question.goal(),
        Json.tree(space, "space"),
        question.base(),
        question.course());
  }

  private static StudyConfig question(String pruner, Order order, Goal goal) throws IOException {
    return question(pruner, order, goal, "random");
  }

  /**
   * @param sampler {@code learner} for one that looks at past trials, where there is one
   */
  private static StudyConfig question(String pruner, Order order, Goal goal, String sampler)
      throws IOException {
    Problems problems = new Problems();
    String json =
        pruner.replaceAll("([a-z-]+): ?", "\"$1\": ").replaceAll(": ([a-z][a-z-]*)", ": \"$1\"");
    JsonNode settings = Pruners.FORM.read(Json.tree(json, "pruner"), Set.of(), problems).values();
    assertEquals(List.of(), problems.texts());
    String name = sampler.equals("learner") && Samplers.names().contains("tpe") ? "tpe" : "random";
    return new StudyConfig(
        "curves",
        name,
        7,
        "validation.mae",
        goal,
        Json.tree(SPACE, "space"),
        "base",
        new Course(
            order,
            order == Order.ASYNC ? null : 8,
            settings,
            pruner.contains("row-groups")
                ? new Epochs("train.epochs", EPOCHS / ROW_GROUPS, ROW_GROUPS)
                : new Epochs("train.epochs", EPOCHS)));
  }

  private static Ledger ledger(StudyConfig question) {
    Course course = question.course();
    Pruner pruner = Pruners.of(course.pruner(), question.goal(), course.epochs());
    return new Ledger(pruner, course.epochs(), question.goal());
  }

  private record Ran(
      Path folder, List<Trial> trials, List<Trial> lines, Curves objective, Budget.End end) {
    /** Where a trial was first to be looked at, which tells brackets apart. */
    int start(int trial) {
      return objective.asked.get(trial).get(0);
    }

    /** Every line of the journal, without how long anything took. */
    List<String> decisions() {
      return lines.stream().map(Ran::timeless).toList();
    }

    List<String> results() {
      return trials.stream().map(Ran::timeless).toList();
    }

    private static String timeless(Trial trial) {
      return Json.line(trial).replaceAll("\"seconds\":[0-9.E-]+,?", "");
    }
  }

  private Ran run(StudyConfig question, Effort effort) throws Exception {
    return run(folder.resolve("study-" + studies++), question, effort);
  }

  private Ran run(Path at, StudyConfig question, Effort effort) throws Exception {
    Curves curves =
        new Curves(
            EPOCHS, question.goal() == Goal.MAXIMIZE, 400, question.course().epochs().resource());
    try (Study study = open(at, question)) {
      Budget.End end = study.run(curves, effort, StudyListener.NONE);
      List<Trial> lines = new ArrayList<>();
      for (String line : Files.readAllLines(at.resolve("trials.jsonl"))) {
        lines.add(Json.read(line, Trial.class, "line"));
      }
      return new Ran(at, study.trials(), lines, curves, end);
    }
  }

  private static Study open(Path at, StudyConfig question) throws IOException {
    return Study.open(at.toString(), question, SamplerContract.space(SPACE), false);
  }
}
