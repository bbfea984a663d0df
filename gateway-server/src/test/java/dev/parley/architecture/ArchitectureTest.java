package dev.parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.signal.Signal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rule holds for the shipped classes, and is violated by classes that were written to violate
 * it.
 */
class ArchitectureTest {

  private static final String BROKEN = "dev.parley.architecture.broken";

  private static final JavaClasses SHIPPED = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.parley");

  static Stream<ArchRule> rules() {
    return Stream.concat(
        new ModuleRules("dev.parley").all().stream(),
        HashKeyRules.all().stream());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void givenWhatIsShipped_whenARuleIsApplied_thenItHolds(ArchRule rule) {
    assertThatCode(() -> rule.check(SHIPPED)).doesNotThrowAnyException();
  }

  @Test
  void givenWhatIsShipped_whenItIsRead_thenTheGatewayIsThereAndTestsAreNot() {
    assertThat(SHIPPED.contain(Signal.class)).isTrue();
    assertThat(SHIPPED.contain(ArchitectureTest.class)).isFalse();
  }

  static Stream<Arguments> violations() {
    ModuleRules rules = new ModuleRules(BROKEN);
    return Stream.of(
        Arguments.of(rules.dialectsKnowNoTransport(), "peerjs.KnowsNetty"),
        Arguments.of(rules.dialectsKnowNoTransport(), "peerjs.KnowsSockets"),
        Arguments.of(rules.dialectsKnowNoTransport(), "peerjs.KnowsSchemas"),
        Arguments.of(rules.rulesOfGroupsArePure(), "group.rules.KnowsVertx"),
        Arguments.of(rules.signalsKnowJsonAlone(), "signal.KnowsVertx"),
        Arguments.of(rules.routingKnowsNoTransport(), "switchboard.KnowsWebSockets"),
        Arguments.of(rules.routingOpensNoSockets(), "switchboard.KnowsSockets"),
        Arguments.of(rules.redisIsKnownToTheClusterAlone(), "metrics.KnowsRedis"),
        Arguments.of(rules.packagesHaveNoCycles(), "net.KnowsTheHub"),
        Arguments.of(rules.packagesAreNullMarked(), "signal.KnowsVertx"),
        Arguments.of(HashKeyRules.keysAreOrdered(), "hub.KeepsKeysWithoutAnOrder$Id"),
        Arguments.of(HashKeyRules.keysAreOrdered(), "hub.KeepsKeysWithoutAnOrder$OrderedByAnother"),
        Arguments.of(HashKeyRules.immutableTablesAreOfTheConfiguration(),
            "hub.KeepsKeysWithoutAnOrder.copy"));
  }

  @ParameterizedTest
  @MethodSource("violations")
  void givenAClassThatBreaksARule_whenTheRuleIsApplied_thenItNamesTheClass(
      ArchRule rule, String culprit) {
    JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);

    assertThat(rule.evaluate(broken).getFailureReport().toString())
        .contains(BROKEN + "." + culprit);
  }

  static Stream<Arguments> permissions() {
    ModuleRules rules = new ModuleRules(BROKEN);
    return Stream.of(
        Arguments.of(HashKeyRules.keysAreOrdered(), "hub.KeepsOrderedKeys"),
        Arguments.of(rules.dialectsKnowNoTransport(), "linkup.KeepsTheRules"),
        Arguments.of(rules.dialectsKnowNoTransport(), "linkup.schema.KeepsTheRules"),
        Arguments.of(rules.routingOpensNoSockets(), "cluster.KeepsTheRules"),
        Arguments.of(rules.redisIsKnownToTheClusterAlone(), "cluster.KeepsTheRules"));
  }

  @ParameterizedTest
  @MethodSource("permissions")
  void givenAClassThatKeepsARule_whenTheRuleIsApplied_thenItIsNotNamed(
      ArchRule rule, String innocent) {
    JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);

    assertThat(broken.contain(BROKEN + "." + innocent)).isTrue();
    assertThat(rule.evaluate(broken).getFailureReport().toString())
        .isNotEmpty()
        .doesNotContain(BROKEN + "." + innocent);
  }
}
