package dev.parley.peerolator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.signal.PeerAddress;
import org.junit.jupiter.api.Test;

class PeerolatorConversationKeysTest {

  private static final PeerAddress BERT = new PeerAddress("default", "bert");

  private final PeerolatorConversationKeys conversations = new PeerolatorConversationKeys();

  @Test
  void givenAKeyOfUsualLength_whenThePeerCalls_thenItIsTheLatestConversation() {
    conversations.called(BERT, "k".repeat(256));

    assertThat(conversations.ourKey(BERT, null)).isEqualTo("k".repeat(256));
  }

  @Test
  void givenAKeyThatNobodyCouldKeep_whenThePeerCalls_thenNothingIsRemembered() {
    conversations.called(BERT, "first");
    conversations.called(BERT, "k".repeat(257));

    assertThat(conversations.ourKey(BERT, null)).isNull();
  }

  @Test
  void givenAnIdThatNobodyCanHave_whenThePeerCallsIt_thenNothingIsRemembered() {
    PeerAddress nobody = BERT.neighbour("x".repeat(1025));

    conversations.called(nobody, "key");

    assertThat(conversations.ourKey(nobody, null)).isNull();
  }
}
