package dev.parley.conformance.calling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {

  private static final List<Integer> HUNDRED = IntStream.rangeClosed(1, 100).boxed().toList();

  @Test
  void givenAListThatGoesWrongBecauseOfThree_whenShrunk_thenTheThreeAreLeft() {
    var shrinker = new Shrinker<Integer>(some -> some.containsAll(List.of(13, 14, 77)), 1_000);
    assertThat(shrinker.shrink(HUNDRED)).containsExactly(13, 14, 77);
  }

  @Test
  void givenAListThatGoesWrongWhateverIsInIt_whenShrunk_thenNothingIsLeft() {
    assertThat(new Shrinker<Integer>(some -> true, 1_000).shrink(HUNDRED)).isEmpty();
  }

  @Test
  void givenFewAttempts_whenShrunk_thenItStopsAndTheRestStillGoesWrong() {
    AtomicInteger attempts = new AtomicInteger();
    List<Integer> shrunk = new Shrinker<Integer>(some -> {
      attempts.incrementAndGet();
      return some.contains(13) && some.contains(77);
    }, 12).shrink(HUNDRED);
    assertThat(attempts).hasValue(12);
    assertThat(shrunk).contains(13, 77).hasSizeLessThan(100);
  }
}
