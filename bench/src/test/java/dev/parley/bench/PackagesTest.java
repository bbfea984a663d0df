package dev.parley.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.bench.wire.WireScript;
import org.junit.jupiter.api.Test;

/** Allowed dependencies in the bench. */
class PackagesTest {

  private static final JavaClasses SHIPPED = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.parley.bench");

  @Test
  void givenThePackages_whenTheirDependenciesAreFollowed_thenThereIsNoCycle() {
    slices().matching("dev.parley.bench.(**)").should().beFreeOfCycles().check(SHIPPED);
  }

  @Test
  void givenTheBench_whenItMeasuresParley_thenItKnowsNothingOfItButTheHubForIdlePeers() {
    noClasses().that().resideOutsideOfPackage("dev.parley.bench.hub").should()
        .dependOnClassesThat(describe("are Parley's", type -> type
            .getPackageName().startsWith("dev.parley.")
            && !type.getPackageName().startsWith("dev.parley.bench")))
        .check(SHIPPED);
  }

  @Test
  void givenTheScripts_whenAProtocolIsAdded_thenTheLoadNeedNotKnowIt() {
    noClasses().that().resideInAPackage("dev.parley.bench.load..")
        .should().dependOnClassesThat(describe("are scripts", type -> !type.isInterface()
            && type.isAssignableTo(WireScript.class)))
        .check(SHIPPED);
  }
}
