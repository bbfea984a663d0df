package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.PeerAddress;
import org.junit.jupiter.api.Test;

class PeerolatorConversationKeysTest {

  private static final PeerAddress BERT = new PeerAddress("default", "bert");

  private final PeerolatorConversationKeys keys = new PeerolatorConversationKeys();

  @Test
  void givenAKeyOfUsualLength_whenThePeerCalls_thenItIsTheLatestConversation() {
    keys.markCalled(BERT, "k".repeat(256));

    assertThat(keys.ourKey(BERT, null)).isEqualTo("k".repeat(256));
  }

  @Test
  void givenAKeyThatNobodyCouldKeep_whenThePeerCalls_thenNothingIsRemembered() {
    keys.markCalled(BERT, "first");
    keys.markCalled(BERT, "k".repeat(257));

    assertThat(keys.ourKey(BERT, null)).isNull();
  }

  @Test
  void givenAnIdThatNobodyCanHave_whenThePeerCallsIt_thenNothingIsRemembered() {
    PeerAddress tooLong = BERT.neighbour("x".repeat(1025));

    keys.markCalled(tooLong, "key");

    assertThat(keys.ourKey(tooLong, null)).isNull();
  }
}
