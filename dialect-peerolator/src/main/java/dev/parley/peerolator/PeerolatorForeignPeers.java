package dev.parley.peerolator;

import dev.parley.dialect.Switchboard;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.webrtc.UsernameFragments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a peer and others are about to agree on, as far as somebody has to be told if it comes to
 * nothing, or speaks another dialect. Between peers of this dialect messages pass as they are.
 * Event loop only.
 */
final class PeerolatorForeignPeers {

  /** A server may have very many clients; when one is forgotten, no more of its candidates come. */
  private static final int MAX_DESCRIBED = 4096;

  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerolatorConversationKeys conversations = new PeerolatorConversationKeys();
  private final PeerolatorOpenOffers offers = new PeerolatorOpenOffers();
  private final PeerolatorPendingRequests requests;

  /** Whose descriptions the own peer has, and which candidates belong to them. */
  private final PeerolatorRecent<Described, UsernameFragments> described = new PeerolatorRecent<>(MAX_DESCRIBED);

  private record Described(PeerAddress peer, String conversation) implements Comparable<Described> {

    @Override
    public int compareTo(Described that) {
      int order = conversation.compareTo(that.conversation);
      return order != 0 ? order : peer.compareTo(that.peer);
    }
  }

  /**
   * @param self the own peer
   * @param firstReference references up to this one are the session's own
   */
  PeerolatorForeignPeers(Switchboard switchboard, PeerAddress self, long firstReference) {
    this.switchboard = switchboard;
    this.self = self;
    this.requests = new PeerolatorPendingRequests(firstReference);
  }

  /**
   * The signal that says what the own peer says; empty if that was to decline an offer, of which
   * the caller has been told then.
   */
  Optional<Signal> outgoing(PeerolatorPeerMessage.Relay relay) {
    PeerAddress to = self.neighbour(relay.to());
    PeerolatorMessageType type = PeerolatorMessageType.of(relay.type());
    @Nullable String conversation = matters(type, to) ? relay.conversation() : null;
    if (type == PeerolatorMessageType.OFFER) {
      conversations.called(to, conversation);
    }
    if (!offers.isEmpty() && declinesOpenOffer(type, to, conversation)) {
      return Optional.empty();
    }
    return Optional.of(
        new Signal(
            relay.kind(), self, to, PeerolatorDialect.NAME, relay.type(), relay.message(),
            type.isRequest() ? requests.add(conversation) : 0,
            type.belongsToConversation() ? conversations.theirKey(to, conversation) : null));
  }

  /** Whether it matters which conversation a message speaks of; with most it does not. */
  private boolean matters(PeerolatorMessageType type, PeerAddress to) {
    return type.isRequest()
        || (type.belongsToConversation() && (conversations.isForeign(to) || !offers.isEmpty()));
  }

  /** An offer is open until it is answered, or declined: then its caller is told. */
  private boolean declinesOpenOffer(PeerolatorMessageType type, PeerAddress to, @Nullable String said) {
    return switch (type) {
      case ANSWER -> {
        offers.remove(to, conversations.ourKey(to, said));
        yield false;
      }
      case BYE, UNAVAILABLE -> {
        @Nullable Signal offer = offers.remove(to, conversations.ourKey(to, said));
        if (offer != null) {
          switchboard.refuse(offer, Cause.REJECTED);
        }
        yield offer != null;
      }
      case OFFER, CANDIDATE, RENEGOTIATE, OTHER -> false;
    };
  }

  /**
   * Whether a signal of another dialect has to wait for the description that it belongs to: by the
   * convention one is behind it.
   */
  boolean isEarly(ForeignSignal foreign) {
    Content content = foreign.content();
    if (!(content instanceof Content.Candidate) && !(content instanceof Content.EndOfCandidates)) {
      return false;
    }
    @Nullable String key = conversations.knownKeyOf(foreign);
    if (key == null) {
      return true;
    }
    Described conversation = new Described(foreign.from(), key);
    @Nullable UsernameFragments fragments = described.get(conversation);
    if (fragments == null || !fragments.fit(content)) {
      return true;
    }
    described.put(conversation, fragments);
    return false;
  }

  /** What the own peer is told of another dialect's signal. */
  PeerolatorForeignMessage incoming(ForeignSignal foreign) {
    Signal signal = foreign.signal();
    String conversation =
        foreign.content() instanceof Content.Custom ? "" : conversations.keyOf(foreign);
    switch (foreign.content()) {
      case Content.Offer offer -> {
        offers.add(conversation, signal);
        describe(signal.from(), conversation, offer.sdp());
      }
      case Content.Answer answer -> describe(signal.from(), conversation, answer.sdp());
      case Content.Bye bye -> {
        offers.remove(signal.from(), conversation);
        described.remove(new Described(signal.from(), conversation));
      }
      default -> {}
    }
    return new PeerolatorForeignMessage(signal.from().id(), self.id(), conversation, foreign.content());
  }

  private void describe(PeerAddress peer, String conversation, Sdp sdp) {
    described.put(new Described(peer, conversation), UsernameFragments.of(sdp));
  }

  /** What the own peer is told of a request that reached nobody. */
  PeerolatorRelayMessage.Unavailable unavailable(Undelivered lost) {
    return new PeerolatorRelayMessage.Unavailable(
        self.id(), lost.to().id(), requests.remove(lost.reference()), lost.cause());
  }

  /** Somebody has left. */
  void forget(PeerAddress other) {
    conversations.forget(other);
    offers.forget(other);
    described.removeIf(each -> each.peer.equals(other));
  }

  /** The own peer has left: whoever waits for its answer is told. */
  void end() {
    offers.all().forEach(offer -> switchboard.refuse(offer, Cause.GONE));
  }
}
