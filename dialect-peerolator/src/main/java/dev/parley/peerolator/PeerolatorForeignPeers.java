package dev.parley.peerolator;

import dev.parley.dialect.Switchboard;
import dev.parley.dialect.support.BoundedMap;
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
 * The state of the own peer's conversations with peers of other dialects, and of its requests:
 * messages whose failure is reported. Between peers of this dialect messages are relayed as they
 * are. Event loop only.
 */
final class PeerolatorForeignPeers {

  /** A server may have many clients; candidates of an evicted one wait for its next description. */
  private static final int MAX_DESCRIBED = 4096;

  private final Switchboard switchboard;
  private final PeerAddress self;
  private final PeerolatorConversationKeys keys = new PeerolatorConversationKeys();
  private final PeerolatorOpenOffers offers = new PeerolatorOpenOffers();
  private final PeerolatorPendingRequests requests;

  /** The descriptions that the own peer has received, by conversation. */
  private final BoundedMap<Described, UsernameFragments> described =
      new BoundedMap<>(MAX_DESCRIBED);

  private record Described(PeerAddress peer, String conversation) implements Comparable<Described> {

    @Override
    public int compareTo(Described that) {
      int order = conversation.compareTo(that.conversation);
      return order != 0 ? order : peer.compareTo(that.peer);
    }
  }

  /**
   * @param self the own peer
   * @param firstReference references up to this one are those of the session
   */
  PeerolatorForeignPeers(Switchboard switchboard, PeerAddress self, long firstReference) {
    this.switchboard = switchboard;
    this.self = self;
    this.requests = new PeerolatorPendingRequests(firstReference);
  }

  /**
   * The signal of a message of the own peer; empty if it declines an offer, which is refused then.
   */
  Optional<Signal> outgoing(PeerolatorPeerMessage.Relay relay) {
    PeerAddress to = self.neighbour(relay.to());
    PeerolatorMessageType type = PeerolatorMessageType.of(relay.type());
    @Nullable String conversation = matters(type, to) ? relay.conversation() : null;
    if (type == PeerolatorMessageType.OFFER) {
      keys.markCalled(to, conversation);
    }
    if (!offers.isEmpty() && declinesOpenOffer(type, to, conversation)) {
      return Optional.empty();
    }
    return Optional.of(
        new Signal(
            relay.kind(), self, to, PeerolatorDialect.NAME, relay.type(), relay.message(),
            type.isRequest() ? requests.add(conversation) : 0,
            type.belongsToConversation() ? keys.theirKey(to, conversation) : null));
  }

  /** Whether the conversation of a message is needed; it is not for most. */
  private boolean matters(PeerolatorMessageType type, PeerAddress to) {
    return type.isRequest()
        || (type.belongsToConversation() && (keys.isForeign(to) || !offers.isEmpty()));
  }

  /** Closes the offer that a message answers or declines; refuses it if it is declined. */
  private boolean declinesOpenOffer(PeerolatorMessageType type, PeerAddress to,
      @Nullable String said) {
    return switch (type) {
      case ANSWER -> {
        offers.remove(to, keys.ourKey(to, said));
        yield false;
      }
      case BYE, UNAVAILABLE -> {
        @Nullable Signal offer = offers.remove(to, keys.ourKey(to, said));
        if (offer != null) {
          switchboard.refuse(offer, Cause.REJECTED);
        }
        yield offer != null;
      }
      case OFFER, CANDIDATE, RENEGOTIATE, OTHER -> false;
    };
  }

  /**
   * Whether a signal of another dialect has to wait for its description: by the convention a
   * candidate follows it.
   */
  boolean isEarly(ForeignSignal foreign) {
    Content content = foreign.content();
    if (!(content instanceof Content.Candidate) && !(content instanceof Content.EndOfCandidates)) {
      return false;
    }
    @Nullable String key = keys.knownKeyOf(foreign);
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

  /** The message to the own peer for a signal of another dialect. */
  PeerolatorForeignMessage incoming(ForeignSignal foreign) {
    Signal signal = foreign.signal();
    String conversation =
        foreign.content() instanceof Content.Custom ? "" : keys.keyOf(foreign);
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
    return new PeerolatorForeignMessage(signal.from().id(), self.id(), conversation,
        foreign.content());
  }

  private void describe(PeerAddress peer, String conversation, Sdp sdp) {
    described.put(new Described(peer, conversation), UsernameFragments.of(sdp));
  }

  /** The message to the own peer for a request that was not delivered. */
  PeerolatorRelayMessage.Unavailable unavailable(Undelivered lost) {
    return new PeerolatorRelayMessage.Unavailable(
        self.id(), lost.to().id(), requests.remove(lost.reference()), lost.cause());
  }

  /** Another peer has left. */
  void forget(PeerAddress other) {
    keys.forget(other);
    offers.forget(other);
    described.removeIf(each -> each.peer.equals(other));
  }

  /** The own peer has left: refuses the offers that it has not answered. */
  void end() {
    offers.all().forEach(offer -> switchboard.refuse(offer, Cause.GONE));
  }
}
