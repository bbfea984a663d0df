package dev.parley.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that the packages below a root keep, and that no dependency of a module can hold: a
 * library that one package needs is on the class path of all others of its module.
 *
 * <p>Every package that belongs neither to the gateway nor to the project's other modules is a
 * dialect: a new dialect is held to the rules from its first class, without being listed here. Each
 * rule holds for packages that do not exist yet.
 *
 * @param root the package above all others; the tests also use one whose classes violate every rule
 */
record ModuleRules(String root) {

  private static final Set<String> GATEWAY = Set.of(
      "access", "cluster", "config", "dialect", "group", "hub", "ice", "identity", "json",
      "metrics",
      "net", "policies", "policy", "signal", "switchboard", "webrtc");

  /** Neither the gateway nor dialects: the runnable and what only tests use. */
  private static final Set<String> HOUSE = Set.of(
      "architecture", "bench", "conformance", "server", "testkit");

  private static final String[] JSON = {
    "com.fasterxml.jackson.annotation..", "com.fasterxml.jackson.core..",
    "com.fasterxml.jackson.databind.."};

  ArchRule dialectsKnowNoTransport() {
    DescribedPredicate<JavaClass> libraries = resideInAnyPackage(
        "java..", "org.jspecify..", "org.slf4j..", "io.vertx.core").or(resideInAnyPackage(JSON));
    // The only package of a dialect that checks messages against schemas.
    DescribedPredicate<JavaClass> schemaLibrary = resideInAnyPackage(
        "io.vertx.json.schema", "io.vertx.core.json");
    return classes().that(areDialects()).should(onlyDependOn(
        "our own, the JDK, JSON, logging and Vert.x futures",
        (from, to) -> isOurs(to) || libraries.test(to)
            || (checksSchemas(from) && schemaLibrary.test(to))))
        .allowEmptyShould(true);
  }

  ArchRule rulesOfGroupsArePure() {
    return classes().that().resideInAPackage(root + ".group.rules..").should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(root + "..", "java..", "org.jspecify..")
                .or(resideInAnyPackage(JSON)))
        .allowEmptyShould(true);
  }

  ArchRule signalsKnowJsonAlone() {
    return classes().that().resideInAPackage(root + ".signal..").should().onlyDependOnClassesThat(
        resideInAnyPackage(root + ".signal..", "java..", "org.jspecify..")
            .or(resideInAnyPackage(JSON)))
        .allowEmptyShould(true);
  }

  ArchRule routingKnowsNoTransport() {
    return noClasses().that().resideInAnyPackage(
        root + ".switchboard..", root + ".hub..", root + ".group..", root + ".cluster..")
        .should().dependOnClassesThat().resideInAnyPackage(
            "io.vertx.core.http..", "io.vertx.ext.web..", "io.netty.handler..")
        .allowEmptyShould(true);
  }

  /** The connections to Redis have options for their sockets; nothing else of routing has. */
  ArchRule routingOpensNoSockets() {
    return noClasses().that().resideInAnyPackage(
        root + ".switchboard..", root + ".hub..", root + ".group..")
        .should().dependOnClassesThat().resideInAnyPackage("io.vertx.core.net..")
        .allowEmptyShould(true);
  }

  ArchRule redisIsKnownToTheClusterAlone() {
    return noClasses().that().resideOutsideOfPackage(root + ".cluster..")
        .should().dependOnClassesThat().resideInAnyPackage("io.vertx.redis..")
        .allowEmptyShould(true);
  }

  ArchRule packagesHaveNoCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }

  ArchRule packagesAreNullMarked() {
    return classes().should(new ArchCondition<>("be in a package marked @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(item, marked,
            item.getName() + " is in " + item.getPackageName() + ", which is not @NullMarked"));
      }
    });
  }

  List<ArchRule> all() {
    return List.of(dialectsKnowNoTransport(), rulesOfGroupsArePure(), signalsKnowJsonAlone(),
        routingKnowsNoTransport(), routingOpensNoSockets(), redisIsKnownToTheClusterAlone(),
        packagesHaveNoCycles(), packagesAreNullMarked());
  }

  private DescribedPredicate<JavaClass> areDialects() {
    return describe("belong to a dialect", type -> isOurs(type) && !GATEWAY.contains(area(type))
        && !HOUSE.contains(area(type)));
  }

  private static boolean checksSchemas(JavaClass type) {
    return type.getPackageName().endsWith(".schema");
  }

  private boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith(root + ".");
  }

  /** The first part of a package's name below the root, "hub" for root.hub.local. */
  private String area(JavaClass type) {
    String below = type.getPackageName().substring(root.length() + 1);
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  private interface Permission {
    boolean allows(JavaClass from, JavaClass to);
  }

  private static ArchCondition<JavaClass> onlyDependOn(String what, Permission permission) {
    return new ArchCondition<>("only depend on " + what) {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        item.getDirectDependenciesFromSelf().stream()
            .flatMap(dependency -> verdict(item, dependency))
            .forEach(events::add);
      }

      private Stream<SimpleConditionEvent> verdict(JavaClass item, Dependency dependency) {
        JavaClass to = dependency.getTargetClass().getBaseComponentType();
        return to.isPrimitive() ? Stream.empty()
            : Stream.of(new SimpleConditionEvent(dependency, permission.allows(item, to),
                dependency.getDescription()));
      }
    };
  }
}
