package dev.almanac.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom inside this module. */
@AnalyzeClasses(
    packages = "dev.almanac.benchmarks",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.almanac.benchmarks.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule thePeerRunsOnTheJdkAndItsDriverAlone =
      classes()
          .that()
          .resideInAPackage("dev.almanac.benchmarks.duckdb")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.almanac.benchmarks.duckdb");
}
