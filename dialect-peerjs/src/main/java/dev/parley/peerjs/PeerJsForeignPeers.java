package dev.parley.peerjs;

import dev.parley.dialect.Connection.Timer;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Reserve;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Media;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.webrtc.CandidateBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one client has going on with peers of other dialects. A PeerJS client needs a connectionId
 * in everything, kills a connection that is offered anew, loses candidates that come before an
 * answer, and takes LEAVE for all connections with a peer; so what it cannot take is kept from it
 * here. Candidates wait for the description that they belong to, see {@link CandidateBuffer}. Event
 * loop of the session only.
 */
final class PeerJsForeignPeers {

  private static final int MOST = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Client client;
  private final Map<Name, PeerJsConversation> conversations = new LinkedHashMap<>(4);
  private final CandidateBuffer early;

  /** Peers need not have names that differ from those of others. */
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

  /** What is done for the client. */
  interface Client {
    /** Tells it what a peer says. */
    void tell(PeerJsForeignMessage message);

    /** Gives back an offer that the client cannot answer any more. */
    void refuse(Signal offer, Cause cause);

    /** Wants to know when a peer is gone. */
    void watch(PeerAddress peer);

    /** No longer wants to know. */
    void unwatch(PeerAddress peer);

    /** Runs something later. */
    Timer after(Duration delay, Runnable task);

    /** Counts a candidate that waited, and that the client hears now. */
    void delivered(Signal candidate);

    /** Counts a candidate that waited, and that the client will not hear. */
    void drop(Signal candidate);
  }

  /** Counts candidates whose description does not come. */
  private final class Early implements CandidateBuffer.Owner {

    @Override
    public Timer after(Duration delay, Runnable task) {
      return client.after(delay, task);
    }

    @Override
    public void dropped(Signal candidate) {
      client.drop(candidate);
      unwatchIfDone(candidate.from());
    }
  }

  /**
   * @param reserve the memory for what waits for the client
   */
  PeerJsForeignPeers(Client client, Reserve reserve) {
    this.client = client;
    this.early = new CandidateBuffer(new Early(), reserve);
  }

  /** A peer of another dialect says something. */
  Reception receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer offer -> offered(signal, offer);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> heard(signal, candidate);
      case Content.Bye bye -> ended(signal);
      case Content.EndOfCandidates end -> Reception.DROPPED;
      case Content.Renegotiation request -> Reception.DROPPED;
      case Content.Custom custom -> Reception.DROPPED;
    };
  }

  private Reception offered(ForeignSignal signal, Content.Offer offer) {
    PeerAddress peer = signal.from();
    Sdp sdp = offer.sdp();
    Optional<String> origin = sdp.sessionId();
    boolean again =
        signal.conversation() == null
            ? with(peer).stream().anyMatch(each -> each.hasOrigin(origin))
            : conversations.containsKey(new Name(peer, signal.conversation()));
    if (again) {
      early.refuse(peer, signal.conversation(), sdp);
      return Reception.UNTRANSLATABLE;
    }
    Media media = sdp.media();
    String connectionId =
        signal.conversation() == null ? newConnectionId(media) : signal.conversation();
    PeerJsConversation begun = PeerJsConversation.offered(connectionId, media, sdp, signal.signal());
    add(begun);
    describe(begun, signal, offer, sdp);
    return Reception.TAKEN;
  }

  private Reception answered(ForeignSignal signal, Content.Answer answer) {
    if (signal.conversation() == null) {
      return Reception.UNTRANSLATABLE;
    }
    Sdp sdp = answer.sdp();
    @Nullable PeerJsConversation known =
        conversations.get(new Name(signal.from(), signal.conversation()));
    if (known == null) {
      known = PeerJsConversation.called(signal.from(), signal.conversation(), sdp);
      add(known);
    } else if (known.unanswered() != null) {
      return Reception.DROPPED;
    } else {
      known.describe(sdp);
    }
    describe(known, signal, answer, sdp);
    return Reception.TAKEN;
  }

  /** Tells the client a description, and the candidates that came before it. */
  private void describe(
      PeerJsConversation conversation, ForeignSignal signal, Content description, Sdp sdp) {
    tell(conversation, description);
    for (ForeignSignal each : early.take(signal.from(), signal.conversation(), sdp)) {
      tell(conversation, each.content());
      client.delivered(each.signal());
    }
  }

  private Reception heard(ForeignSignal signal, Content.Candidate candidate) {
    @Nullable PeerJsConversation conversation = described(signal, candidate);
    if (conversation != null) {
      tell(conversation, candidate);
      return Reception.TAKEN;
    }
    Reception reception = early.hold(signal);
    if (reception == Reception.HELD) {
      client.watch(signal.from());
    }
    return reception;
  }

  /** The conversation that has the candidate's description; null if that has yet to come. */
  private @Nullable PeerJsConversation described(ForeignSignal signal, Content.Candidate candidate) {
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
   * LEAVE is for the only connection with a peer, since it would end the others, too. Of a
   * connection that the client has no description of, or that is over, it must not hear: if it is
   * the client that has called, the session that took its offer has given that back.
   */
  private Reception ended(ForeignSignal signal) {
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
      return Reception.DROPPED;
    }
    PeerJsConversation any = ended.getFirst();
    client.tell(new PeerJsForeignMessage(peer.id(), any.connectionId(), any.media(), signal.content()));
    return Reception.TAKEN;
  }

  private void tell(PeerJsConversation conversation, Content content) {
    client.tell(
        new PeerJsForeignMessage(
            conversation.peer().id(), conversation.connectionId(), conversation.media(), content));
  }

  /** The client answers a peer. */
  void answers(PeerAddress peer, String connectionId) {
    @Nullable PeerJsConversation conversation = conversations.get(new Name(peer, connectionId));
    if (conversation != null) {
      conversation.answered();
    }
  }

  /** A peer is gone, and so is the watch. The client sees the end of its connections itself. */
  void departed(PeerAddress peer) {
    conversations.values().removeIf(each -> each.peer().equals(peer));
    early.forget(peer);
  }

  /** The client is gone, or nobody any more: who waits for its answer is told. */
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
      client.refuse(offer, Cause.GONE);
    }
  }

  private void add(PeerJsConversation conversation) {
    conversations.put(Name.of(conversation), conversation);
    client.watch(conversation.peer());
    if (conversations.size() > MOST) {
      PeerJsConversation eldest = conversations.values().iterator().next();
      forget(eldest);
      refuseUnanswered(eldest);
    }
  }

  private void forget(PeerJsConversation conversation) {
    conversations.remove(Name.of(conversation));
    unwatchIfDone(conversation.peer());
  }

  /** A peer without conversations, of which nothing waits, may leave unnoticed. */
  private void unwatchIfDone(PeerAddress peer) {
    if (with(peer).isEmpty() && !early.holds(peer)) {
      client.unwatch(peer);
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
