package dev.almanac.pipelines;

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
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Who may know whom inside this module. */
@AnalyzeClasses(
    packages = "dev.almanac.pipelines",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.almanac.pipelines.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule configKnowsNeitherWorkNorReportNorCallers =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..pipelines.work..", "..pipelines.report..", "..pipelines.cli..");

  @ArchTest
  static final ArchRule reportKnowsRunsAndDatasetsOnly =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..pipelines.work..", "..pipelines.config..", "..pipelines.cli..");

  @ArchTest
  static final ArchRule workKnowsNoCaller =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.work..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..pipelines.cli..");

  @ArchTest
  static final ArchRule trackersKnowNoWorkAndNoCaller =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.track..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..pipelines.work..", "..pipelines.cli..", "..pipelines.report..");

  @ArchTest
  static final ArchRule httpStandsBehindTrackers =
      noClasses()
          .that()
          .resideOutsideOfPackages("..pipelines.track.mlflow..", "..pipelines.track.lineage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule openLineageStandsBehindItsPackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipelines.track.lineage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.openlineage..");

  @ArchTest
  static final ArchRule onlyTheWholeWayAndStudiesWritePages =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.work..")
          .and()
          .resideOutsideOfPackages("..pipelines.work.whole..", "..pipelines.work.study..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..pipelines.report..");

  @ArchTest
  static final ArchRule picocliStandsBehindTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipelines.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule beamStandsBehindWork =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipelines.work..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  /** A terminal is asked for its width by a program of its own. */
  @ArchTest
  static final ArchRule processesAreStartedInOnePackageAndByTheTerminal =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipelines.work.process..")
          .and()
          .doNotHaveFullyQualifiedName("dev.almanac.pipelines.cli.TerminalWidth")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule onlyTheCommandLinePrintsAndEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("..pipelines.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .orShould()
          .callMethod(Runtime.class, "addShutdownHook", Thread.class);

  @ArchTest
  static final ArchRule runnersAreNeverNamed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.beam.runners..", "org.apache.spark..", "org.apache.flink..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule modelsAndParquetStayBehindTheirDoors =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "org.apache.parquet..", "org.apache.hadoop..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule theConfigKnowsNeitherWorkNorCallersNorEngines =
      noClasses()
          .that()
          .resideInAPackage("..pipelines.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..pipelines.work..",
              "..pipelines.cli..",
              "..pipelines.report..",
              "org.apache.beam..");

  /** Where they stand, a test holds each of them to the laws of merging. */
  @ArchTest
  static final ArchRule statisticsAreCombinedInTransformsAlone =
      noClasses().should().beAssignableTo(CombineFn.class);

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
}
