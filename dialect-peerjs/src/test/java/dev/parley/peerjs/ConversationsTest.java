package dev.parley.peerjs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Reception;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Terms;
import dev.parley.signal.Undelivered.Cause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationsTest {

  private static final PeerAddress PEER = new PeerAddress("default", "peer");
  private static final Sdp SDP = Sdp.of("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n");

  private final List<Content> told = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final Conversations conversations = new Conversations(new Client());

  private final class Client implements Conversations.Client {

    @Override
    public void tell(Translated message) {
      told.add(message.content());
    }

    @Override
    public void expire(String peer) {
      events.add("expire " + peer);
    }

    @Override
    public void refuse(Signal offer, Cause cause) {
      events.add("refuse " + offer.from().id() + " " + cause);
    }

    @Override
    public void watch(PeerAddress peer) {
      events.add("watch " + peer.id());
    }
  }

  private Reception hears(PeerAddress peer, String key, SignalKind kind, Content content,
      int bytes) {
    Signal signal =
        new Signal(
            kind, peer, peer.neighbour("client"), "other", "x", Bytes.of(new byte[bytes]), 0);
    return conversations.receive(new ForeignSignal(signal, key, content));
  }

  private Reception hearsCandidate(int number, int bytes) {
    return hears(PEER, "dc_1", SignalKind.CANDIDATE, candidate(number), bytes);
  }

  private static Content candidate(int number) {
    return new Content.Candidate("candidate:" + number, "0", 0, null);
  }

  @Test
  void givenCandidatesBeforeTheAnswer_whenTheyHaveTooManyBytes_thenTheRestIsRefused() {
    assertThat(hearsCandidate(1, 30_000)).isEqualTo(Reception.TAKEN);
    assertThat(hearsCandidate(2, 30_000)).isEqualTo(Reception.TAKEN);
    assertThat(hearsCandidate(3, 30_000)).isEqualTo(Reception.REJECTED);
    assertThat(hearsCandidate(4, 300)).isEqualTo(Reception.TAKEN);
    assertThat(told).isEmpty();
    Content answer = new Content.Answer(SDP, Terms.NONE);
    hears(PEER, "dc_1", SignalKind.ANSWER, answer, 1000);

    assertThat(told).containsExactly(answer, candidate(1), candidate(2), candidate(4));
    assertThat(hearsCandidate(5, 30_000)).isEqualTo(Reception.TAKEN);
    assertThat(told).last().isEqualTo(candidate(5));
  }
}
