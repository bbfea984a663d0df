package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinkupOutgoingCallsTest {

  private static final String MAX_ID = "x".repeat(1024);
  private static final String TOO_LONG = "x".repeat(1025);

  private final LinkupOutgoingCalls calls = new LinkupOutgoingCalls(Duration.ofSeconds(1), () -> 0);

  @Test
  void givenAnIdThatIsTooLong_whenTheClientCallsIt_thenItIsNotRemembered() {
    calls.markAsked(TOO_LONG);
    assertThat(calls.hasJustAsked(TOO_LONG)).isFalse();
    calls.markOffered(TOO_LONG);
    assertThat(calls.waitsFor(TOO_LONG)).isFalse();

    calls.markAsked(MAX_ID);
    assertThat(calls.hasJustAsked(MAX_ID)).isTrue();
    calls.markOffered(MAX_ID);
    assertThat(calls.waitsFor(MAX_ID)).isTrue();
  }

  @Test
  void givenManyCalls_whenThereIsOneMore_thenTheEldestIsEvicted() {
    for (int i = 0; i <= 64; i++) {
      calls.markOffered("peer" + i);
    }

    assertThat(calls.waitsFor("peer0")).isFalse();
    assertThat(calls.waitsFor("peer1")).isTrue();
    assertThat(calls.waitsFor("peer64")).isTrue();
  }
}
