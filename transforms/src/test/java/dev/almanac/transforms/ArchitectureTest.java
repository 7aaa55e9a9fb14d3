package dev.almanac.transforms;

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

/** Who may know whom inside this module. */
@AnalyzeClasses(
    packages = "dev.almanac.transforms",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.almanac.transforms.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule beamHasTwoDoors =
      noClasses()
          .that()
          .resideOutsideOfPackages("..beam..", "..portable..", "..storage..")
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
  static final ArchRule theKernelKnowsNothingAboveIt =
      noClasses()
          .that()
          .resideInAPackage("..transforms.column..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..csv..", "..schema..", "..feature..", "..encode..", "..dataset..", "..artifact..");

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
}
