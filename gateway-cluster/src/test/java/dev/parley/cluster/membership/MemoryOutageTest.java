package dev.parley.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.membership.MemoryOutage.News;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryOutageTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final MemoryOutage outage = new MemoryOutage();

  @Test
  void givenMemoryThatComesAndGoes_whenItIsCalmForAWhile_thenTheOutageIsOverOnce() {
    assertThat(outage.see(false, 0)).isEqualTo(News.NONE);
    assertThat(outage.see(true, 0)).isEqualTo(News.BEGUN);
    for (int i = 1; i < 10; i++) {
      assertThat(outage.see(i % 2 == 0, i * SECOND)).isEqualTo(News.NONE);
    }
    assertThat(outage.see(false, 12 * SECOND)).isEqualTo(News.OVER);
    assertThat(outage.length()).isEqualTo(Duration.ofSeconds(8));
    assertThat(outage.see(false, 13 * SECOND)).isEqualTo(News.NONE);
  }

  @Test
  void givenMemoryThatIsShortForAnHour_whenItIsOutEveryThreeSeconds_thenThatIsFewLines() {
    int lines = 0;
    for (long at = 0; at < 3_600; at++) {
      if (outage.see(at % 3 == 0, at * SECOND) != News.NONE) {
        lines++;
      }
    }
    assertThat(lines).isLessThan(10);
  }
}
