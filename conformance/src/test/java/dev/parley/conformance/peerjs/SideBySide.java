package dev.parley.conformance.peerjs;

import dev.parley.conformance.differential.Differential;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Tests that play scenes on both servers, many at a time: a class takes the {@link Differential} in
 * its constructor, and runs once with each of {@link BothServers}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(autoCloseArguments = false)
@ArgumentsSource(BothServers.class)
@Execution(ExecutionMode.CONCURRENT)
@interface SideBySide {}
