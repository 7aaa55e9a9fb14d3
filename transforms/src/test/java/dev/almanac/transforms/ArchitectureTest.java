package dev.almanac.transforms;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
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
import java.util.stream.Stream;

/** Who may know whom inside this module. */
@AnalyzeClasses(
    packages = "dev.almanac.transforms",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.almanac.transforms.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule beamStandsBehindBeamAndStorage =
      noClasses()
          .that()
          .resideOutsideOfPackages("..transforms.beam..", "..transforms.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  @ArchTest
  static final ArchRule parquetHasOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("..transforms.parquet..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule runnersAreNeverNamed =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.beam.runners..");

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
      noClasses()
          .that()
          .doNotHaveSimpleName("Storage")
          .should()
          .callMethod(Storage.class, "match", String.class);

  @ArchTest static final ArchRule problemsStandAlone = knows("problem");

  @ArchTest static final ArchRule columnsKnowProblems = knows("column", "problem");

  @ArchTest static final ArchRule jsonKnowsProblems = knows("json", "problem");

  @ArchTest static final ArchRule rejectsKnowProblems = knows("reject", "problem");

  @ArchTest static final ArchRule storageKnowsJson = knows("storage", "json", "problem");

  @ArchTest static final ArchRule splitsKnowColumns = knows("split", "column", "problem");

  @ArchTest
  static final ArchRule manifestsKnowStorageAndSplits =
      knows("manifest", "json", "problem", "split", "storage");

  @ArchTest
  static final ArchRule schemasKnowColumnsAndStorage =
      knows("schema", "column", "json", "problem", "storage");

  @ArchTest static final ArchRule analyzersKnowColumns = knows("analyze", "column", "problem");

  @ArchTest
  static final ArchRule featuresKnowColumnsAndSchemas =
      knows("feature", "column", "json", "problem", "schema");

  @ArchTest
  static final ArchRule csvKnowsColumnsSchemasAndRejectsAndNoStorage =
      knows("csv", "column", "problem", "reject", "schema");

  @ArchTest
  static final ArchRule parquetKnowsColumnsSchemasRejectsAndStorage =
      knows("parquet", "column", "problem", "reject", "schema", "storage");

  @ArchTest
  static final ArchRule sourcesKnowTheFormats =
      knows(
          "source",
          "column",
          "csv",
          "json",
          "manifest",
          "parquet",
          "problem",
          "reject",
          "schema",
          "storage");

  @ArchTest
  static final ArchRule spoolsKnowColumnsSplitsAndManifests =
      knows("spool", "column", "json", "manifest", "problem", "split", "storage");

  @ArchTest
  static final ArchRule encodersKnowAnalyzersAndColumns =
      knows("encode", "analyze", "column", "json", "problem");

  @ArchTest
  static final ArchRule fitsKnowFeaturesEncodersAndHowCsvIsRead =
      knows(
          "fit",
          "analyze",
          "column",
          "csv",
          "encode",
          "feature",
          "json",
          "manifest",
          "problem",
          "schema",
          "storage");

  @ArchTest
  static final ArchRule driftKnowsFits =
      knows("drift", "analyze", "column", "encode", "fit", "problem");

  @ArchTest
  static final ArchRule stagingKnowsSourcesSpoolsAndFits =
      knows(
          "staging",
          "analyze",
          "column",
          "csv",
          "encode",
          "feature",
          "fit",
          "json",
          "manifest",
          "parquet",
          "problem",
          "reject",
          "schema",
          "source",
          "split",
          "spool",
          "storage");

  @ArchTest
  static final ArchRule reuseKnowsStagingAndNoFit =
      knows(
          "reuse",
          "csv",
          "json",
          "manifest",
          "problem",
          "schema",
          "source",
          "spool",
          "staging",
          "storage");

  @ArchTest
  static final ArchRule datasetsKnowStagingAndReuse =
      knows(
          "dataset",
          "analyze",
          "column",
          "encode",
          "fit",
          "json",
          "manifest",
          "parquet",
          "problem",
          "reject",
          "reuse",
          "schema",
          "source",
          "split",
          "spool",
          "staging",
          "storage");

  @ArchTest
  static final ArchRule nothingKnowsBeamsTransforms =
      noClasses()
          .that()
          .resideOutsideOfPackage("..transforms.beam..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..transforms.beam..");

  /** Of this module's packages, one with all below it knows itself and these alone. */
  private static ArchRule knows(String own, String... others) {
    String[] known =
        Stream.concat(Stream.of(own), Arrays.stream(others))
            .map(ArchitectureTest::within)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(within(own))
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.almanac.transforms..").and(resideOutsideOfPackages(known)));
  }

  private static String within(String part) {
    return "dev.almanac.transforms." + part + "..";
  }
}
