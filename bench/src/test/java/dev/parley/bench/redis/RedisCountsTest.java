package dev.parley.bench.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RedisCountsTest {

  @Test
  void givenWhatRedisSays_whenRead_thenCallsAndMemoryAreFound() {
    RedisCounts counts = RedisCounts.of(
        """
        # Memory
        used_memory:874520
        used_memory_rss:9000000
        """,
        """
        # Commandstats
        cmdstat_evalsha:calls=40,usec=2
        cmdstat_eval:calls=2,usec=1
        cmdstat_xread:calls=7,usec=9
        cmdstat_xadd:calls=900,usec=1
        """);

    assertThat(counts).isEqualTo(new RedisCounts(42, 7, 874_520));
  }

  @Test
  void givenARedisThatWasAskedNothingYet_whenRead_thenThereAreNoCalls() {
    assertThat(RedisCounts.of("used_memory:1\r\n", "# Commandstats\r\n"))
        .isEqualTo(new RedisCounts(0, 0, 1));
  }

  @Test
  void givenSomethingElse_whenRead_thenThatIsRefused() {
    assertThatThrownBy(() -> RedisCounts.of("", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
