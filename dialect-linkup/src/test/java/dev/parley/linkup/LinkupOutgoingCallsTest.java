package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkupOutgoingCallsTest {

  private static final String LONGEST = "x".repeat(1024);
  private static final String TOO_LONG = "x".repeat(1025);

  private final LinkupOutgoingCalls calls = new LinkupOutgoingCalls(Duration.ofSeconds(1));

  @Test
  void givenAnIdThatNobodyCanHave_whenTheClientCallsIt_thenItIsNotRemembered() {
    calls.asks(TOO_LONG, 0);
    assertThat(calls.hasJustAsked(TOO_LONG, 0)).isFalse();
    calls.offers(TOO_LONG, 0);
    assertThat(calls.waitsFor(TOO_LONG)).isFalse();

    calls.asks(LONGEST, 0);
    assertThat(calls.hasJustAsked(LONGEST, 0)).isTrue();
    calls.offers(LONGEST, 0);
    assertThat(calls.waitsFor(LONGEST)).isTrue();
  }

  @Test
  void givenManyCalls_whenThereIsOneMore_thenTheEldestIsForgotten() {
    for (int i = 0; i <= 64; i++) {
      calls.offers("peer" + i, i);
    }

    assertThat(calls.waitsFor("peer0")).isFalse();
    assertThat(calls.waitsFor("peer1")).isTrue();
    assertThat(calls.waitsFor("peer64")).isTrue();
  }
}
