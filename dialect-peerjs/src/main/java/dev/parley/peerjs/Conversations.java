package dev.parley.peerjs;

import dev.parley.dialect.Reception;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Media;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.Undelivered.Cause;
import java.security.SecureRandom;
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
 * here. Event loop of the session only.
 */
final class Conversations {

  private static final int MOST = 256;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Client client;
  private final Map<Name, Conversation> conversations = new LinkedHashMap<>(4);

  /** Peers need not have names that differ from those of others. */
  private record Name(PeerAddress peer, String connectionId) {
    static Name of(Conversation conversation) {
      return new Name(conversation.peer(), conversation.connectionId());
    }
  }

  /** What is done for the client. */
  interface Client {
    /** Tells it what a peer says. */
    void tell(Translated message);

    /** A peer does not take the client's call. */
    void expire(String peer);

    /** Gives back an offer that the client cannot answer any more. */
    void refuse(Signal offer, Cause cause);

    /** Wants to know when a peer is gone. */
    void watch(PeerAddress peer);

    /** No longer wants to know. */
    void unwatch(PeerAddress peer);
  }

  Conversations(Client client) {
    this.client = client;
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
      return Reception.UNTRANSLATABLE;
    }
    Media media = sdp.media();
    String connectionId =
        signal.conversation() == null ? newConnectionId(media) : signal.conversation();
    add(Conversation.offered(connectionId, media, origin, signal.signal()));
    client.tell(new Translated(peer.id(), connectionId, media, offer));
    return Reception.TAKEN;
  }

  private Reception answered(ForeignSignal signal, Content.Answer answer) {
    if (signal.conversation() == null) {
      return Reception.UNTRANSLATABLE;
    }
    Conversation conversation = called(signal, signal.conversation());
    if (conversation.unanswered() != null) {
      return Reception.DROPPED;
    }
    tell(conversation, answer);
    conversation
        .describe(answer.sdp().sessionId())
        .forEach(candidate -> tell(conversation, candidate));
    return Reception.TAKEN;
  }

  private Reception heard(ForeignSignal signal, Content.Candidate candidate) {
    @Nullable Conversation conversation =
        signal.conversation() == null
            ? latestWith(signal.from())
            : called(signal, signal.conversation());
    if (conversation == null) {
      return Reception.DROPPED;
    }
    if (!conversation.isDescribed()) {
      return conversation.keep(candidate, signal.signal().weight())
          ? Reception.TAKEN
          : Reception.REJECTED;
    }
    tell(conversation, candidate);
    return Reception.TAKEN;
  }

  /**
   * LEAVE is for the only connection with a peer, since it would end the others, too. A call that
   * was not answered expires: of LEAVE alone the caller would see nothing. Of a connection that the
   * client has not heard of, or that is over, it must not hear: it would take EXPIRE for the
   * failure of another call. If it is the client that has called, whoever took its offer has given
   * that back.
   */
  private Reception ended(ForeignSignal signal) {
    PeerAddress peer = signal.from();
    List<Conversation> all = with(peer);
    List<Conversation> ended =
        signal.conversation() == null ? all
            : all.stream()
                .filter(each -> each.connectionId().equals(signal.conversation()))
                .toList();
    if (ended.isEmpty()) {
      return Reception.DROPPED;
    }
    ended.forEach(this::forget);
    if (ended.stream().noneMatch(Conversation::isDescribed)) {
      client.expire(peer.id());
      return Reception.TAKEN;
    }
    if (ended.size() < all.size()) {
      return Reception.DROPPED;
    }
    Conversation any = ended.getFirst();
    client.tell(new Translated(peer.id(), any.connectionId(), any.media(), signal.content()));
    return Reception.TAKEN;
  }

  private void tell(Conversation conversation, Content content) {
    client.tell(
        new Translated(
            conversation.peer().id(), conversation.connectionId(), conversation.media(), content));
  }

  /** The conversation of that id; if it is not known yet, it is a call of the client. */
  private Conversation called(ForeignSignal signal, String connectionId) {
    @Nullable Conversation known = conversations.get(new Name(signal.from(), connectionId));
    if (known != null) {
      return known;
    }
    Conversation begun = Conversation.called(signal.from(), connectionId);
    add(begun);
    return begun;
  }

  /** The client answers a peer. */
  void answers(PeerAddress peer, String connectionId) {
    @Nullable Conversation conversation = conversations.get(new Name(peer, connectionId));
    if (conversation != null) {
      conversation.answered();
    }
  }

  /** A peer is gone, and so is the watch. The client sees the end of its connections itself. */
  void departed(PeerAddress peer) {
    conversations.values().removeIf(each -> each.peer().equals(peer));
  }

  /** The client is gone, or nobody any more: who waits for its answer is told. */
  void end() {
    for (Conversation each : List.copyOf(conversations.values())) {
      forget(each);
      refuseUnanswered(each);
    }
  }

  private void refuseUnanswered(Conversation conversation) {
    @Nullable Signal offer = conversation.unanswered();
    if (offer != null) {
      client.refuse(offer, Cause.GONE);
    }
  }

  private void add(Conversation conversation) {
    conversations.put(Name.of(conversation), conversation);
    client.watch(conversation.peer());
    if (conversations.size() > MOST) {
      Conversation eldest = conversations.values().iterator().next();
      forget(eldest);
      refuseUnanswered(eldest);
    }
  }

  /** A peer without conversations may leave without anybody being told. */
  private void forget(Conversation conversation) {
    conversations.remove(Name.of(conversation));
    if (with(conversation.peer()).isEmpty()) {
      client.unwatch(conversation.peer());
    }
  }

  private List<Conversation> with(PeerAddress peer) {
    List<Conversation> found = new ArrayList<>(2);
    for (Conversation each : conversations.values()) {
      if (each.peer().equals(peer)) {
        found.add(each);
      }
    }
    return found;
  }

  private @Nullable Conversation latestWith(PeerAddress peer) {
    List<Conversation> all = with(peer);
    return all.isEmpty() ? null : all.getLast();
  }

  private static String newConnectionId(Media media) {
    String prefix = media == Media.MEDIA ? "mc_" : "dc_";
    return prefix + Long.toUnsignedString(RANDOM.nextLong(), Character.MAX_RADIX);
  }
}
