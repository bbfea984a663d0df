package dev.parley.conformance.calling;

import dev.parley.conformance.differential.Differential;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Five callers with random requests in random order. A seed is a scene: one that failed fails
 * again. {@code -Dparley.random.runs=1000} plays more of them, {@code -Dparley.random.first=17}
 * others.
 */
@ParameterizedClass(autoCloseArguments = false)
@ArgumentsSource(Counterparts.Parley.class)
@Execution(ExecutionMode.CONCURRENT)
class RandomSceneTest {

  private static final int REQUESTS = 200;

  private final Differential<ServerOptions> servers;

  RandomSceneTest(Differential<ServerOptions> servers) {
    this.servers = servers;
  }

  static LongStream seeds() {
    long first = Long.getLong("parley.random.first", 1);
    return LongStream.range(first, first + Long.getLong("parley.random.runs", 200));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // which only shrinking needs
  void whateverFiveCallersDoBothServersDoTheSame(long seed) {
    List<Step> steps = RandomSteps.of(seed, REQUESTS);
    new RandomRun(servers::compare).play(steps)
        .ifPresent(difference -> difference.isFailure(seed, steps.size()));
  }
}
