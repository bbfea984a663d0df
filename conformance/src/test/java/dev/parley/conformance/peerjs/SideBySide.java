package dev.parley.conformance.peerjs;

import dev.parley.conformance.differential.Differential;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tests that play scenes on both servers, many at a time: a class takes the {@link Differential} in
 * its constructor.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BothServers.class)
@Execution(ExecutionMode.CONCURRENT)
@interface SideBySide {}
