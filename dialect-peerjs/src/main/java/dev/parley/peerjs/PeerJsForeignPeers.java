package dev.parley.peerjs;

import dev.parley.dialect.Connection.Timer;
import dev.parley.dialect.ForeignOutcome;
import dev.parley.dialect.support.CandidateBuffer;
import dev.parley.dialect.support.ForeignPeerContext;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Media;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of one client with peers of other dialects. A PeerJS client needs a
 * connectionId in everything, closes a connection that is offered a second time, loses candidates
 * that arrive before an answer, and applies LEAVE to all connections with a peer. This class
 * withholds what the client cannot handle. Candidates wait for the description that they belong to,
 * see {@link CandidateBuffer}. Event loop of the session only.
 */
final class PeerJsForeignPeers {

  private static final int MAX_CONVERSATIONS = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ForeignPeerContext session;
  private final Consumer<PeerJsForeignMessage> client;
  private final Map<Name, PeerJsConversation> conversations = new LinkedHashMap<>(4);
  private final CandidateBuffer early;

  /** A connectionId is unique to its peer only. */
  private record Name(PeerAddress peer, String connectionId) implements Comparable<Name> {
    static Name of(PeerJsConversation conversation) {
      return new Name(conversation.peer(), conversation.connectionId());
    }

    @Override
    public int compareTo(Name that) {
      int order = connectionId.compareTo(that.connectionId);
      return order != 0 ? order : peer.compareTo(that.peer);
    }
  }

  /** Counts candidates whose description does not come. */
  private final class Early implements CandidateBuffer.Owner {

    @Override
    public Timer after(Duration delay, Runnable task) {
      return session.after(delay, task);
    }

    @Override
    public void dropped(Signal candidate) {
      session.drop(candidate);
      unwatchIfDone(candidate.from());
    }
  }

  /**
   * @param client sends the client what a peer says
   */
  PeerJsForeignPeers(ForeignPeerContext session, Consumer<PeerJsForeignMessage> client) {
    this.session = session;
    this.client = client;
    this.early = new CandidateBuffer(new Early(), session.reserve());
  }

  /** Handles a signal of a peer of another dialect. */
  ForeignOutcome receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer offer -> offered(signal, offer);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> candidate(signal, candidate);
      case Content.Bye bye -> ended(signal);
      case Content.EndOfCandidates end -> ForeignOutcome.DROPPED;
      case Content.Renegotiation request -> ForeignOutcome.DROPPED;
      case Content.Custom custom -> ForeignOutcome.DROPPED;
    };
  }

  private ForeignOutcome offered(ForeignSignal signal, Content.Offer offer) {
    PeerAddress peer = signal.from();
    Sdp sdp = offer.sdp();
    Optional<String> origin = sdp.sessionId();
    boolean again =
        signal.conversation() == null
            ? with(peer).stream().anyMatch(each -> each.hasOrigin(origin))
            : conversations.containsKey(new Name(peer, signal.conversation()));
    if (again) {
      early.refuse(peer, signal.conversation(), sdp);
      return ForeignOutcome.UNTRANSLATABLE;
    }
    Media media = sdp.media();
    String connectionId =
        signal.conversation() == null ? newConnectionId(media) : signal.conversation();
    PeerJsConversation begun =
        PeerJsConversation.offered(connectionId, media, sdp, signal.signal());
    add(begun);
    describe(begun, signal, offer, sdp);
    return ForeignOutcome.TAKEN;
  }

  private ForeignOutcome answered(ForeignSignal signal, Content.Answer answer) {
    if (signal.conversation() == null) {
      return ForeignOutcome.UNTRANSLATABLE;
    }
    Sdp sdp = answer.sdp();
    @Nullable PeerJsConversation known =
        conversations.get(new Name(signal.from(), signal.conversation()));
    if (known == null) {
      known = PeerJsConversation.called(signal.from(), signal.conversation(), sdp);
      add(known);
    } else if (known.unanswered() != null) {
      return ForeignOutcome.DROPPED;
    } else {
      known.describe(sdp);
    }
    describe(known, signal, answer, sdp);
    return ForeignOutcome.TAKEN;
  }

  /** Sends the client a description, and behind it the candidates that came before. */
  private void describe(
      PeerJsConversation conversation, ForeignSignal signal, Content description, Sdp sdp) {
    send(conversation, description);
    for (ForeignSignal each : early.take(signal.from(), signal.conversation(), sdp)) {
      send(conversation, each.content());
      session.delivered(each.signal());
    }
  }

  private ForeignOutcome candidate(ForeignSignal signal, Content.Candidate candidate) {
    @Nullable PeerJsConversation conversation = described(signal, candidate);
    if (conversation != null) {
      send(conversation, candidate);
      return ForeignOutcome.TAKEN;
    }
    ForeignOutcome outcome = early.hold(signal);
    if (outcome == ForeignOutcome.HELD) {
      session.watch(signal.from());
    }
    return outcome;
  }

  /** The conversation that has the candidate's description; null if that has yet to come. */
  private @Nullable PeerJsConversation described(ForeignSignal signal,
      Content.Candidate candidate) {
    if (signal.conversation() != null) {
      @Nullable PeerJsConversation named =
          conversations.get(new Name(signal.from(), signal.conversation()));
      return named != null && named.fragments().fit(candidate) ? named : null;
    }
    List<PeerJsConversation> latestFirst = with(signal.from()).reversed();
    for (PeerJsConversation each : latestFirst) {
      if (each.fragments().prove(candidate)) {
        return each;
      }
    }
    return latestFirst.isEmpty() || !latestFirst.getFirst().fragments().fit(candidate)
        ? null
        : latestFirst.getFirst();
  }

  /**
   * LEAVE is sent for the only connection with a peer, since it would end the others, too. It is
   * not sent for a connection that is over or that the client has no description of: if the client
   * made the offer, the session that took it has refused it.
   */
  private ForeignOutcome ended(ForeignSignal signal) {
    PeerAddress peer = signal.from();
    List<PeerJsConversation> all = with(peer);
    List<PeerJsConversation> ended =
        signal.conversation() == null ? all
            : all.stream()
                .filter(each -> each.connectionId().equals(signal.conversation()))
                .toList();
    early.end(peer, signal.conversation());
    ended.forEach(this::forget);
    if (ended.isEmpty() || ended.size() < all.size()) {
      return ForeignOutcome.DROPPED;
    }
    PeerJsConversation any = ended.getFirst();
    client.accept(
        new PeerJsForeignMessage(peer.id(), any.connectionId(), any.media(), signal.content()));
    return ForeignOutcome.TAKEN;
  }

  private void send(PeerJsConversation conversation, Content content) {
    client.accept(
        new PeerJsForeignMessage(
            conversation.peer().id(), conversation.connectionId(), conversation.media(), content));
  }

  /** Notes that the client answers a peer. */
  void markAnswered(PeerAddress peer, String connectionId) {
    @Nullable PeerJsConversation conversation = conversations.get(new Name(peer, connectionId));
    if (conversation != null) {
      conversation.markAnswered();
    }
  }

  /** A watched peer has left. The client detects the end of its connections itself. */
  void departed(PeerAddress peer) {
    conversations.values().removeIf(each -> each.peer().equals(peer));
    early.forget(peer);
  }

  /** The client has left or released its id: refuses the offers that it has not answered. */
  void end() {
    for (PeerJsConversation each : List.copyOf(conversations.values())) {
      forget(each);
      refuseUnanswered(each);
    }
    early.clear();
  }

  private void refuseUnanswered(PeerJsConversation conversation) {
    @Nullable Signal offer = conversation.unanswered();
    if (offer != null) {
      session.refuse(offer, Cause.GONE);
    }
  }

  private void add(PeerJsConversation conversation) {
    conversations.put(Name.of(conversation), conversation);
    session.watch(conversation.peer());
    if (conversations.size() > MAX_CONVERSATIONS) {
      PeerJsConversation eldest = conversations.values().iterator().next();
      forget(eldest);
      refuseUnanswered(eldest);
    }
  }

  private void forget(PeerJsConversation conversation) {
    conversations.remove(Name.of(conversation));
    unwatchIfDone(conversation.peer());
  }

  /** A peer is watched as long as it has a conversation or a candidate that waits. */
  private void unwatchIfDone(PeerAddress peer) {
    if (with(peer).isEmpty() && !early.holds(peer)) {
      session.unwatch(peer);
    }
  }

  private List<PeerJsConversation> with(PeerAddress peer) {
    List<PeerJsConversation> found = new ArrayList<>(2);
    for (PeerJsConversation each : conversations.values()) {
      if (each.peer().equals(peer)) {
        found.add(each);
      }
    }
    return found;
  }

  private static String newConnectionId(Media media) {
    String prefix = media == Media.MEDIA ? "mc_" : "dc_";
    return prefix + Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
  }
}
