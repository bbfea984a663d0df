package dev.parley.conformance.browser;

import dev.parley.testkit.Spread;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test class whose tests take a {@link Fleet}, or {@link Fleets}. */
@BrowserTest
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FleetExtension.class)
@interface FleetTest {
  /** Over how many nodes the clients of a {@link Fleet} are spread. */
  Spread value() default Spread.ONE_NODE;
}
