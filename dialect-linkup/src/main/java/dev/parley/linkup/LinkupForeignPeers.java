package dev.parley.linkup;

import dev.parley.dialect.Connection.Timer;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Reserve;
import dev.parley.linkup.LinkupConversation.State;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
import dev.parley.webrtc.CandidateBuffer;
import dev.parley.webrtc.UsernameFragments;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one client has going on with peers of other dialects. A linkup client knows one connection
 * for each peer and no names for conversations, destroys a connection when it meets something
 * unexpected, and cannot refuse; so what must not reach it is kept from it here:
 *
 * <ul>
 *   <li>Two calls at once. An offer that comes while the client's own is under way is refused. One
 *       that was passed on first wins: the client's own offer and candidates are withheld until it
 *       answers. An offer of a peer that the client has just asked about waits a moment, since a
 *       client asks before it calls. If the question crosses with an offer that was passed on, its
 *       answer waits until the client has answered that one, lest it mixes the two up.
 *   <li>A second conversation with the same peer. It gets a name of its own, {@code bob#2} with
 *       a character at its end that no id has; what the client sends to that name goes to that
 *       conversation.
 *   <li>Candidates without their description. A client takes the first signal of a peer for a new
 *       connection. So those of a conversation that is over, or was refused, are dropped; others
 *       wait for their offer or answer, see {@link CandidateBuffer}.
 * </ul>
 *
 * Event loop of the session only.
 */
final class LinkupForeignPeers {

  private static final int MOST_FOREIGNERS = 256;
  private static final String NO_KEY = "";

  private final Client client;
  private final Duration glareWait;
  private final LinkupOutgoingCalls own;
  private final Map<String, LinkupForeignPeer> foreigners = new LinkedHashMap<>(4);
  private final Map<String, LinkupForeignPeer> aliases = new HashMap<>(2);
  private final Reserve reserve;
  private final CandidateBuffer early;

  /** What is done for the client. */
  interface Client {
    /** Tells it something in the name of a peer. */
    void tell(String from, Content content);

    /** Gives an offer back that it is not told of, or cannot answer. */
    void refuse(Signal offer, Cause cause);

    /** Wants to know when a peer is gone. */
    void watch(PeerAddress peer);

    /** No longer wants to know. */
    void unwatch(PeerAddress peer);

    /** Counts a signal that waited, and that the client hears now. */
    void delivered(Signal signal);

    /** Counts a signal that waited, and that the client will not hear. */
    void drop(Signal signal);

    /** Runs something later. */
    Timer after(Duration delay, Runnable task);

    /** The time, as {@link System#nanoTime} has it. */
    long now();
  }

  /** Counts signals whose description does not come. */
  private final class Early implements CandidateBuffer.Owner {

    @Override
    public Timer after(Duration delay, Runnable task) {
      return client.after(delay, task);
    }

    @Override
    public void dropped(Signal signal) {
      client.drop(signal);
    }
  }

  /**
   * @param glareWait how long an offer waits of a peer that the client has just asked about
   * @param reserve the memory for what waits for the client
   */
  LinkupForeignPeers(Client client, Duration glareWait, Reserve reserve) {
    this.client = client;
    this.reserve = reserve;
    this.early = new CandidateBuffer(new Early(), reserve);
    this.glareWait = glareWait;
    this.own = new LinkupOutgoingCalls(glareWait);
  }

  // ---- what the client does

  /** The client asks whether a peer is there. */
  void asks(String name) {
    own.asks(realId(name), client.now());
  }

  /**
   * Runs {@code task} when the client may be told that a peer is there: at once, unless an offer in
   * this name is on its way to the client. A client whose own call begins before it has answered
   * that one takes the candidates of the one for those of the other.
   */
  void onceUndisturbed(String name, Runnable task) {
    @Nullable LinkupForeignPeer foreigner = known(name);
    @Nullable LinkupConversation conversation = foreigner == null ? null : foreigner.withName(name);
    if (conversation == null || conversation.state() != State.OFFERED
        || !conversation.onceAnswered(task)) {
      task.run();
    } else {
      var unused = client.after(glareWait, conversation::goOn);
    }
  }

  private @Nullable LinkupForeignPeer known(String name) {
    @Nullable LinkupForeignPeer aliased = aliases.get(name);
    return aliased == null ? foreigners.get(name) : aliased;
  }

  /** The id of the peer that the client calls {@code name}. */
  String realId(String name) {
    @Nullable LinkupForeignPeer foreigner = aliases.get(name);
    return foreigner == null ? name : foreigner.address().id();
  }

  /** The client sends something to {@code name}. */
  LinkupRoute route(String name, SignalKind kind) {
    @Nullable LinkupForeignPeer aliased = aliases.get(name);
    @Nullable LinkupForeignPeer foreigner = known(name);
    if (foreigner == null) {
      noteOffer(name, kind);
      return new LinkupRoute.Send(name, null);
    }
    @Nullable LinkupConversation conversation = foreigner.withName(name);
    return switch (kind) {
      case OFFER -> aliased == null ? call(foreigner, conversation) : within(conversation, aliased);
      case ANSWER -> answer(foreigner, conversation);
      case CANDIDATE, END_OF_CANDIDATES, BYE, CUSTOM -> follow(foreigner, conversation);
    };
  }

  private void noteOffer(String id, SignalKind kind) {
    if (kind == SignalKind.OFFER) {
      own.offers(id, client.now());
    }
  }

  private LinkupRoute call(LinkupForeignPeer foreigner, @Nullable LinkupConversation conversation) {
    if (conversation != null && conversation.state() == State.OFFERED) {
      conversation.deafen();
      return new LinkupRoute.Withhold(foreigner.dialect());
    }
    for (LinkupConversation each : foreigner.conversations()) {
      if (each.state() == State.HELD) {
        turnDown(foreigner, each);
      }
    }
    own.offers(foreigner.address().id(), client.now());
    return new LinkupRoute.Send(foreigner.address().id(), null);
  }

  private LinkupRoute answer(LinkupForeignPeer foreigner, @Nullable LinkupConversation conversation) {
    if (conversation != null) {
      conversation.answered();
    }
    return within(conversation, foreigner);
  }

  private LinkupRoute follow(LinkupForeignPeer foreigner, @Nullable LinkupConversation conversation) {
    if (conversation != null && conversation.isDeaf()) {
      return new LinkupRoute.Withhold(foreigner.dialect());
    }
    // Of an offer that waits the client knows nothing: what it says is about a call of its own.
    boolean toCome = conversation == null || conversation.state() == State.HELD
        || own.waitsFor(conversation.name());
    return within(toCome ? null : conversation, foreigner);
  }

  private static LinkupRoute within(@Nullable LinkupConversation conversation, LinkupForeignPeer foreigner) {
    @Nullable String key = conversation == null ? null : conversation.key();
    return new LinkupRoute.Send(foreigner.address().id(), NO_KEY.equals(key) ? null : key);
  }

  // ---- what becomes of it

  /** A peer of the client's own dialect has offered or answered: their calls are their affair. */
  void hearsNatively(String id, SignalKind kind) {
    if (kind == SignalKind.OFFER || kind == SignalKind.ANSWER) {
      own.settles(id);
    }
  }

  /** An offer of the client has reached nobody. */
  void callFailed(String id) {
    own.settles(id);
  }

  // ---- what others do

  /** A peer of another dialect says something. */
  Reception receive(ForeignSignal signal) {
    return switch (signal.content()) {
      case Content.Offer offer -> offered(signal, offer);
      case Content.Answer answer -> answered(signal, answer);
      case Content.Candidate candidate -> heard(signal);
      case Content.Renegotiation request -> asked(signal);
      case Content.Bye bye -> ended(signal);
      case Content.EndOfCandidates end -> Reception.DROPPED;
      case Content.Custom custom -> Reception.DROPPED;
    };
  }

  private static String keyOf(ForeignSignal signal) {
    return signal.conversation() == null ? NO_KEY : signal.conversation();
  }

  private Reception offered(ForeignSignal signal, Content.Offer offer) {
    LinkupForeignPeer foreigner = foreigner(signal);
    String key = keyOf(signal);
    String id = foreigner.address().id();
    @Nullable LinkupConversation known = foreigner.withKey(key);
    if (own.isCalling(id, client.now())) {
      if (known == null) {
        foreigner.close(key, UsernameFragments.of(offer.sdp()));
      }
      return refused(signal, offer);
    }
    if (known != null) {
      return again(known, signal, offer);
    }
    if (foreigner.isFull() && !forgetEldestAnswered(foreigner)) {
      return refused(signal, offer);
    }
    LinkupConversation opened = LinkupConversation.offered(key, foreigner.freeName(), signal.signal());
    open(foreigner, opened);
    if (own.hasJustAsked(id, client.now())
        && opened.hold(offer, signal.signal().weight(), reserve)) {
      var unused = client.after(glareWait, () -> release(foreigner, opened));
    } else {
      describe(foreigner, opened, offer, offer.sdp());
    }
    return Reception.TAKEN;
  }

  private Reception refused(ForeignSignal signal, Content.Offer offer) {
    early.refuse(signal.from(), signal.conversation(), offer.sdp());
    return Reception.REJECTED;
  }

  /** Tells the client a description, and what came before it. */
  private void describe(
      LinkupForeignPeer foreigner, LinkupConversation conversation, Content description, Sdp sdp) {
    conversation.describe(sdp);
    client.tell(conversation.name(), description);
    for (ForeignSignal each : early.take(foreigner.address(), keyOf(conversation), sdp)) {
      client.tell(conversation.name(), each.content());
      client.delivered(each.signal());
    }
  }

  private static @Nullable String keyOf(LinkupConversation conversation) {
    return conversation.key().equals(NO_KEY) ? null : conversation.key();
  }

  /**
   * Peers need not say when they close a connection, so a peer that keeps calling is taken to have
   * closed the one that was answered first.
   */
  private boolean forgetEldestAnswered(LinkupForeignPeer foreigner) {
    for (LinkupConversation each : foreigner.conversations()) {
      if (each.state() == State.ANSWERED) {
        close(foreigner, each);
        return true;
      }
    }
    return false;
  }

  /** A connection that is there is negotiated anew; simple-peer answers that in any role. */
  private Reception again(LinkupConversation known, ForeignSignal signal, Content.Offer offer) {
    if (known.state() != State.ANSWERED) {
      return refused(signal, offer);
    }
    describe(foreigner(signal), known, offer, offer.sdp());
    return Reception.TAKEN;
  }

  private void release(LinkupForeignPeer foreigner, LinkupConversation conversation) {
    Content.@Nullable Offer held = conversation.held();
    if (held != null && foreigner.withKey(conversation.key()) == conversation) {
      describe(foreigner, conversation, held, held.sdp());
    }
  }

  private Reception answered(ForeignSignal signal, Content.Answer answer) {
    @Nullable LinkupConversation known = known(signal);
    if (known == null && !own.waitsFor(signal.from().id())) {
      early.refuse(signal.from(), signal.conversation(), answer.sdp());
      return Reception.DROPPED;
    }
    LinkupConversation conversation = known == null ? begin(signal) : known;
    if (conversation.unanswered() != null) {
      return Reception.DROPPED;
    }
    conversation.answered();
    own.settles(signal.from().id());
    describe(foreigner(signal), conversation, answer, answer.sdp());
    return Reception.TAKEN;
  }

  /** The conversation that a signal names, or the one with its peer if that has no names. */
  private @Nullable LinkupConversation known(ForeignSignal signal) {
    @Nullable LinkupForeignPeer foreigner = foreigners.get(signal.from().id());
    return foreigner == null ? null : foreigner.withKey(keyOf(signal));
  }

  /** The conversation of a call of the client; a former one of that name is over then. */
  private LinkupConversation begin(ForeignSignal signal) {
    LinkupForeignPeer called = foreigner(signal);
    String id = called.address().id();
    @Nullable LinkupConversation former = called.withName(id);
    if (former != null) {
      close(called, former);
    }
    LinkupConversation begun = LinkupConversation.called(keyOf(signal), id);
    called.calledByClient();
    open(called, begun);
    return begun;
  }

  private Reception heard(ForeignSignal signal) {
    @Nullable LinkupConversation known = known(signal);
    if (known != null && known.isDescribedFor(signal.content())) {
      client.tell(known.name(), signal.content());
      return Reception.TAKEN;
    }
    LinkupForeignPeer foreigner = foreigner(signal);
    return known == null && foreigner.hasClosed(keyOf(signal), signal.content())
        ? Reception.DROPPED
        : early.hold(signal);
  }

  /** A peer that answers may ask before its answer is here. */
  private Reception asked(ForeignSignal signal) {
    @Nullable LinkupConversation known = known(signal);
    if (known == null && own.waitsFor(signal.from().id())) {
      var unused = foreigner(signal);
      return early.hold(signal);
    }
    if (known == null || known.state() != State.ANSWERED) {
      return Reception.DROPPED;
    }
    client.tell(known.name(), signal.content());
    return Reception.TAKEN;
  }

  /** The client cannot be told: it sees the end of the connection itself. */
  private Reception ended(ForeignSignal signal) {
    @Nullable LinkupForeignPeer foreigner = foreigners.get(signal.from().id());
    if (foreigner != null) {
      for (LinkupConversation each : foreigner.conversations()) {
        if (signal.conversation() == null || each.key().equals(signal.conversation())) {
          close(foreigner, each);
        }
      }
    }
    early.end(signal.from(), signal.conversation());
    return Reception.DROPPED;
  }

  /** A peer is not there any more. */
  void departed(PeerAddress peer) {
    early.forget(peer);
    @Nullable LinkupForeignPeer foreigner = foreigners.get(peer.id());
    if (foreigner != null) {
      foreigner.conversations().forEach(each -> close(foreigner, each));
      own.settles(peer.id());
      if (!foreigner.isCalledByClient()) {
        foreigners.remove(peer.id());
      }
    }
  }

  /** The client has given up its id, or is gone: who waits for its answer is told. */
  void end() {
    for (LinkupForeignPeer foreigner : foreigners.values()) {
      refuseUnanswered(foreigner);
      client.unwatch(foreigner.address());
    }
    foreigners.clear();
    aliases.clear();
    early.clear();
  }

  private LinkupForeignPeer foreigner(ForeignSignal signal) {
    @Nullable LinkupForeignPeer known = foreigners.get(signal.from().id());
    if (known != null && known.dialect().equals(signal.signal().dialect())) {
      client.watch(signal.from());
      return known;
    }
    if (foreigners.size() >= MOST_FOREIGNERS) {
      forget(eldest());
    }
    LinkupForeignPeer met = new LinkupForeignPeer(signal.from(), signal.signal().dialect());
    foreigners.put(signal.from().id(), met);
    client.watch(signal.from());
    return met;
  }

  /** The first one that was met, but rather one with whom nothing is going on. */
  private LinkupForeignPeer eldest() {
    for (LinkupForeignPeer each : foreigners.values()) {
      if (each.conversations().isEmpty()) {
        return each;
      }
    }
    return foreigners.values().iterator().next();
  }

  private void forget(LinkupForeignPeer foreigner) {
    refuseUnanswered(foreigner);
    foreigner.conversations().forEach(each -> close(foreigner, each));
    foreigners.remove(foreigner.address().id());
    early.forget(foreigner.address());
    client.unwatch(foreigner.address());
  }

  private void refuseUnanswered(LinkupForeignPeer foreigner) {
    for (LinkupConversation each : foreigner.conversations()) {
      @Nullable Signal offer = each.unanswered();
      if (offer != null) {
        client.refuse(offer, Cause.GONE);
      }
    }
  }

  private void turnDown(LinkupForeignPeer foreigner, LinkupConversation held) {
    @Nullable Signal offer = held.unanswered();
    Content.@Nullable Offer waiting = held.held();
    close(foreigner, held);
    if (waiting != null) {
      foreigner.close(held.key(), UsernameFragments.of(waiting.sdp()));
      early.refuse(foreigner.address(), keyOf(held), waiting.sdp());
    }
    if (offer != null) {
      client.refuse(offer, Cause.REJECTED);
    }
  }

  private void open(LinkupForeignPeer foreigner, LinkupConversation conversation) {
    foreigner.add(conversation);
    if (!conversation.name().equals(foreigner.address().id())) {
      aliases.put(conversation.name(), foreigner);
    }
  }

  private void close(LinkupForeignPeer foreigner, LinkupConversation conversation) {
    foreigner.remove(conversation);
    conversation.letGo();
    foreigner.close(conversation.key(), conversation.fragments());
    aliases.remove(conversation.name(), foreigner);
  }
}
