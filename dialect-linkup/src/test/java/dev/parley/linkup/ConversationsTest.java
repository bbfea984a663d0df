package dev.parley.linkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.dialect.Connection.Timer;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationsTest {

  private static final PeerAddress CALLER = new PeerAddress("default", "caller");
  private static final Sdp SDP = Sdp.of("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\n");

  private final List<Content> told = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final Conversations conversations =
      new Conversations(new Client(), Duration.ofMillis(300));

  /** A client whose time stands still. */
  private final class Client implements Conversations.Client {

    @Override
    public void tell(String from, Content content) {
      told.add(content);
    }

    @Override
    public void refuse(Signal offer, Cause cause) {
      throw new AssertionError("refused: " + offer);
    }

    @Override
    public void watch(PeerAddress peer) {}

    @Override
    public void unwatch(PeerAddress peer) {}

    @Override
    public Timer after(Duration delay, Runnable task) {
      later.add(task);
      return () -> later.remove(task);
    }

    @Override
    public long now() {
      return 0;
    }
  }

  private Reception hears(SignalKind kind, Content content, int bytes) {
    Signal signal =
        new Signal(
            kind, CALLER, CALLER.neighbour("client"), "other", "x", Bytes.of(new byte[bytes]), 0);
    return conversations.receive(new ForeignSignal(signal, "key", content));
  }

  private Reception hearsCandidate(int number, int bytes) {
    return hears(SignalKind.CANDIDATE, candidate(number), bytes);
  }

  private static Content candidate(int number) {
    return new Content.Candidate("candidate:" + number, "0", 0, null);
  }

  @Test
  void givenAnOfferThatWaits_whenItsCandidatesHaveTooManyBytes_thenTheRestIsRefused() {
    Content offer = new Content.Offer(SDP, Terms.NONE);
    conversations.asks(CALLER.id());
    assertThat(hears(SignalKind.OFFER, offer, 200_000)).isEqualTo(Reception.TAKEN);

    assertThat(hearsCandidate(1, 30_000)).isEqualTo(Reception.TAKEN);
    assertThat(hearsCandidate(2, 30_000)).isEqualTo(Reception.TAKEN);
    assertThat(hearsCandidate(3, 30_000)).isEqualTo(Reception.REJECTED);
    assertThat(hearsCandidate(4, 300)).isEqualTo(Reception.TAKEN);
    assertThat(told).isEmpty();
    later.getFirst().run();

    assertThat(told).containsExactly(offer, candidate(1), candidate(2), candidate(4));
    assertThat(hearsCandidate(5, 30_000)).isEqualTo(Reception.TAKEN);
    assertThat(told).last().isEqualTo(candidate(5));
  }
}
