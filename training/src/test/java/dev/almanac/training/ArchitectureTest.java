package dev.almanac.training;

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
  static final ArchRule parquetHasOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training.data..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.parquet..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule djlStandsBehindTorch =
      noClasses()
          .that()
          .resideOutsideOfPackages("..training.torch..", "..training.train..", "..training.score..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule onnxHasOneDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("..training.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx..", "org.tribuo..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule searchKnowsOnlyAnObjective =
      noClasses()
          .that()
          .resideInAPackage("..training.search..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ai.djl..", "..training.run..", "..training.model..", "..training.data..");

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
