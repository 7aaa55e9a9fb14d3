package dev.almanac.training;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.almanac.transforms.problem.Foreseen;
import dev.almanac.transforms.storage.Storage;
import java.io.IOException;
import java.util.Arrays;

/** Who may know whom inside this module. */
@AnalyzeClasses(
    packages = "dev.almanac.training",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.almanac.training.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule beamStaysOutside =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule parquetStandsBehindDataRead =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training.data.read..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule djlStandsBehindTorch =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training.torch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onnxFormatStandsBehindOnnx =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx..", "org.tribuo..");

  @ArchTest
  static final ArchRule protobufStandsBehindOnnxAndTensorBoard =
      noClasses()
          .that()
          .resideOutsideOfPackages("..training.onnx..", "..training.track.tensorboard..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest static final ArchRule trackersKnowRuns = knows("track", "config", "lease", "run");

  @ArchTest static final ArchRule tensorBoardKnowsRuns = knows("track.tensorboard", "run", "track");

  @ArchTest static final ArchRule problemsStandAlone = knows("problem");

  @ArchTest static final ArchRule settingsStandAlone = knows("setting");

  @ArchTest static final ArchRule metricsStandAlone = knows("metric");

  @ArchTest static final ArchRule leasesStandAlone = knows("lease");

  @ArchTest static final ArchRule machinesStandAlone = knows("machine");

  @ArchTest static final ArchRule onnxStandsAlone = knows("onnx");

  @ArchTest static final ArchRule readingStandsAlone = knows("data.read");

  @ArchTest static final ArchRule shufflingKnowsReading = knows("data.shuffle", "data.read");

  @ArchTest
  static final ArchRule readersKnowReadingAndShuffling = knows("data", "data.read", "data.shuffle");

  @ArchTest static final ArchRule graphsKnowOnnxAndSettings = knows("graph", "onnx", "setting");

  @ArchTest static final ArchRule modelsKnowGraphsAndSettings = knows("model", "graph", "setting");

  @ArchTest static final ArchRule optimizersKnowSettings = knows("optimize", "setting");

  @ArchTest
  static final ArchRule objectivesKnowGraphsMetricsAndSettings =
      knows("objective", "graph", "metric", "setting", "problem");

  @ArchTest
  static final ArchRule configKnowsWhatCanBeChosen =
      knows("config", "graph", "model", "objective", "optimize", "setting");

  @ArchTest
  static final ArchRule feedsKnowReadersAndConfig =
      knows("feed", "data", "data.shuffle", "data.read", "config", "graph", "problem");

  @ArchTest
  static final ArchRule torchKnowsFeedsAndWhatItComputesAndNoRun =
      knows(
          "torch", "data", "feed", "config", "graph", "model", "objective", "optimize", "problem");

  @ArchTest
  static final ArchRule runsKnowWhatTheyRecordAndNoTorch =
      knows("run", "config", "data.shuffle", "lease", "machine", "model", "objective", "problem");

  @ArchTest static final ArchRule labelsStandAlone = knows("run.label");

  @ArchTest
  static final ArchRule findingKnowsRunsAndLabels = knows("run.find", "run", "run.label", "config");

  @ArchTest
  static final ArchRule theIndexKnowsWhatIsFound =
      knows("run.index", "run", "run.find", "run.label");

  @ArchTest
  static final ArchRule changesKnowRunsLabelsAndLeases =
      knows("run.change", "run", "run.label", "lease");

  @ArchTest
  static final ArchRule sqliteStandsBehindTheIndex =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training.run.index..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule searchKnowsAnObjectiveAndLeasesOnly =
      knows("search", "search.prune", "search.sample", "search.space", "search.trial", "lease");

  @ArchTest static final ArchRule rulesStandAlone = knows("search.rule");

  @ArchTest static final ArchRule searchSpacesKnowRules = knows("search.space", "search.rule");

  @ArchTest static final ArchRule trialsStandAlone = knows("search.trial");

  @ArchTest
  static final ArchRule samplersKnowSpacesAndTrials =
      knows("search.sample", "search.rule", "search.space", "search.trial");

  @ArchTest
  static final ArchRule importanceKnowsSpacesAndTrials =
      knows("search.importance", "search.space", "search.trial");

  @ArchTest
  static final ArchRule prunersKnowTrials = knows("search.prune", "search.trial", "setting");

  @ArchTest
  static final ArchRule scoringKnowsRunsAndTorch =
      knows("score", "config", "feed", "metric", "model", "objective", "run", "torch", "problem");

  @ArchTest
  static final ArchRule nothingBelowKnowsTrainingEvaluationOrExport =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "..training.train..",
              "..training.ensemble..",
              "..training.evaluate..",
              "..training.export..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..training.train..",
              "..training.ensemble..",
              "..training.evaluate..",
              "..training.export..");

  @ArchTest
  static final ArchRule ensemblesKnowRunsTrainingAndScoring =
      knows(
          "ensemble",
          "config",
          "feed",
          "lease",
          "metric",
          "model",
          "objective",
          "problem",
          "run",
          "score",
          "torch",
          "train");

  @ArchTest
  static final ArchRule trainingKnowsNoScoringAndNoSearch =
      noClasses()
          .that()
          .resideInAPackage("..training.train..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..training.score..",
              "..training.ensemble..",
              "..training.evaluate..",
              "..training.export..",
              "..training.search..");

  @ArchTest
  static final ArchRule exportKnowsNoTorchAndNoTraining =
      noClasses()
          .that()
          .resideInAPackage("..training.export..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..training.torch..",
              "..training.train..",
              "..training.feed..",
              "..training.evaluate..",
              "..training.search..");

  /** No exception of ours may be taken for a fault of the program. */
  @ArchTest
  static final ArchRule exceptionsHaveOneRoot =
      classes().that().areAssignableTo(Throwable.class).should().beAssignableTo(Foreseen.class);

  /** What a person is told must be a type of {@code transforms.problem}, not any IOException. */
  @ArchTest
  static final ArchRule foreseenErrorsAreATypeOfTheirOwn =
      noClasses()
          .that()
          .areNotAssignableTo(Foreseen.class)
          .should()
          .callConstructor(IOException.class, String.class)
          .orShould()
          .callConstructor(IOException.class, String.class, Throwable.class);

  /** A folder's path is no pattern: only what a user wrote as one is searched as a whole. */
  @ArchTest
  static final ArchRule foldersAreNotPatterns =
      noClasses().should().callMethod(Storage.class, "match", String.class);

  /** Of this module, the classes of the first package use those of these packages alone. */
  private static ArchRule knows(String... names) {
    String[] known =
        Arrays.stream(names).map(name -> "dev.almanac.training." + name).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(known[0])
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage("dev.almanac.training..").or(resideInAnyPackage(known)));
  }
}
