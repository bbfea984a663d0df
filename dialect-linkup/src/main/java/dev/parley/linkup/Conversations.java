package dev.parley.linkup;

import dev.parley.dialect.Connection.Timer;
import dev.parley.dialect.Reception;
import dev.parley.linkup.Conversation.State;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import dev.parley.signal.SignalKind;
import dev.parley.signal.Undelivered.Cause;
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
 *   <li>A second conversation with the same peer. It gets a name of its own, {@code bob#2}; what
 *       the client sends to that name goes to that conversation.
 *   <li>Candidates of a conversation that is over, was refused or never began. They are dropped.
 * </ul>
 *
 * Event loop of the session only.
 */
final class Conversations {

  private static final int MOST_FOREIGNERS = 256;
  private static final String NO_KEY = "";

  private final Client client;
  private final Duration glareWait;
  private final OwnCalls own;
  private final Map<String, Foreigner> foreigners = new LinkedHashMap<>(4);
  private final Map<String, Foreigner> aliases = new HashMap<>(2);

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

    /** Runs something later. */
    Timer after(Duration delay, Runnable task);

    /** The time, as {@link System#nanoTime} has it. */
    long now();
  }

  /**
   * @param glareWait how long an offer waits of a peer that the client has just asked about
   */
  Conversations(Client client, Duration glareWait) {
    this.client = client;
    this.glareWait = glareWait;
    this.own = new OwnCalls(glareWait);
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
    @Nullable Foreigner foreigner = known(name);
    @Nullable Conversation conversation = foreigner == null ? null : foreigner.withName(name);
    if (conversation == null || conversation.state() != State.OFFERED
        || !conversation.onceAnswered(task)) {
      task.run();
    } else {
      var unused = client.after(glareWait, conversation::goOn);
    }
  }

  private @Nullable Foreigner known(String name) {
    @Nullable Foreigner aliased = aliases.get(name);
    return aliased == null ? foreigners.get(name) : aliased;
  }

  /** The id of the peer that the client calls {@code name}. */
  String realId(String name) {
    @Nullable Foreigner foreigner = aliases.get(name);
    return foreigner == null ? name : foreigner.address().id();
  }

  /** The client sends something to {@code name}. */
  Route route(String name, SignalKind kind) {
    @Nullable Foreigner aliased = aliases.get(name);
    @Nullable Foreigner foreigner = known(name);
    if (foreigner == null) {
      noteOffer(name, kind);
      return new Route.Send(name, null);
    }
    @Nullable Conversation conversation = foreigner.withName(name);
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

  private Route call(Foreigner foreigner, @Nullable Conversation conversation) {
    if (conversation != null && conversation.state() == State.OFFERED) {
      conversation.deafen();
      return new Route.Withhold(foreigner.dialect());
    }
    for (Conversation each : foreigner.conversations()) {
      if (each.state() == State.HELD) {
        turnDown(foreigner, each);
      }
    }
    own.offers(foreigner.address().id(), client.now());
    return new Route.Send(foreigner.address().id(), null);
  }

  private Route answer(Foreigner foreigner, @Nullable Conversation conversation) {
    if (conversation != null) {
      conversation.answered();
    }
    return within(conversation, foreigner);
  }

  private Route follow(Foreigner foreigner, @Nullable Conversation conversation) {
    if (conversation != null && conversation.isDeaf()) {
      return new Route.Withhold(foreigner.dialect());
    }
    boolean toCome = conversation == null || own.waitsFor(conversation.name());
    return within(toCome ? null : conversation, foreigner);
  }

  private static Route within(@Nullable Conversation conversation, Foreigner foreigner) {
    @Nullable String key = conversation == null ? null : conversation.key();
    return new Route.Send(foreigner.address().id(), NO_KEY.equals(key) ? null : key);
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
      case Content.Offer offer -> offered(signal);
      case Content.Answer answer -> answered(signal);
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

  private Reception offered(ForeignSignal signal) {
    Foreigner foreigner = foreigner(signal);
    String key = keyOf(signal);
    String id = foreigner.address().id();
    @Nullable Conversation known = foreigner.withKey(key);
    if (own.isCalling(id, client.now())) {
      if (known == null) {
        foreigner.turnDown(key);
      }
      return Reception.REJECTED;
    }
    if (known != null) {
      return again(known, signal);
    }
    if (foreigner.isFull() && !forgetEldestAnswered(foreigner)) {
      return Reception.REJECTED;
    }
    Conversation opened = Conversation.offered(key, foreigner.freeName(), signal.signal());
    open(foreigner, opened);
    if (own.hasJustAsked(id, client.now())) {
      opened.hold(signal.content());
      var unused = client.after(glareWait, () -> release(foreigner, opened));
    } else {
      client.tell(opened.name(), signal.content());
    }
    return Reception.TAKEN;
  }

  /**
   * Peers need not say when they close a connection, so a peer that keeps calling is taken to have
   * closed the one that was answered first.
   */
  private boolean forgetEldestAnswered(Foreigner foreigner) {
    for (Conversation each : foreigner.conversations()) {
      if (each.state() == State.ANSWERED) {
        close(foreigner, each);
        return true;
      }
    }
    return false;
  }

  /** A connection that is there is negotiated anew; simple-peer answers that in any role. */
  private Reception again(Conversation known, ForeignSignal signal) {
    if (known.state() != State.ANSWERED) {
      return Reception.REJECTED;
    }
    client.tell(known.name(), signal.content());
    return Reception.TAKEN;
  }

  private void release(Foreigner foreigner, Conversation held) {
    if (held.state() == State.HELD && foreigner.withKey(held.key()) == held) {
      held.release().forEach(content -> client.tell(held.name(), content));
    }
  }

  private Reception answered(ForeignSignal signal) {
    @Nullable Conversation conversation = current(signal);
    if (conversation == null || conversation.unanswered() != null) {
      return Reception.DROPPED;
    }
    conversation.answered();
    own.settles(signal.from().id());
    client.tell(conversation.name(), signal.content());
    return Reception.TAKEN;
  }

  private Reception heard(ForeignSignal signal) {
    @Nullable Conversation conversation = current(signal);
    if (conversation == null) {
      return Reception.DROPPED;
    }
    if (conversation.state() == State.HELD) {
      return conversation.keep(signal.content(), signal.signal().weight())
          ? Reception.TAKEN
          : Reception.REJECTED;
    }
    client.tell(conversation.name(), signal.content());
    return Reception.TAKEN;
  }

  private Reception asked(ForeignSignal signal) {
    @Nullable Conversation conversation = current(signal);
    if (conversation == null || conversation.state() != State.ANSWERED) {
      return Reception.DROPPED;
    }
    client.tell(conversation.name(), signal.content());
    return Reception.TAKEN;
  }

  /** The client cannot be told: it sees the end of the connection itself. */
  private Reception ended(ForeignSignal signal) {
    @Nullable Foreigner foreigner = foreigners.get(signal.from().id());
    if (foreigner != null) {
      for (Conversation each : foreigner.conversations()) {
        if (signal.conversation() == null || each.key().equals(signal.conversation())) {
          close(foreigner, each);
        }
      }
    }
    return Reception.DROPPED;
  }

  /**
   * The conversation that a signal belongs to. If the client is waiting for an answer, the first
   * conversation that the peer speaks in and that is not known is the one; a former one of that
   * name is over then.
   */
  private @Nullable Conversation current(ForeignSignal signal) {
    String id = signal.from().id();
    @Nullable Foreigner foreigner = foreigners.get(id);
    @Nullable Conversation known = foreigner == null ? null : foreigner.withKey(keyOf(signal));
    if (known != null || !own.waitsFor(id)) {
      return known;
    }
    Foreigner called = foreigner(signal);
    if (called.hasTurnedDown(keyOf(signal))) {
      return null;
    }
    @Nullable Conversation former = called.withName(id);
    if (former != null) {
      close(called, former);
    }
    Conversation begun = Conversation.calling(keyOf(signal), id);
    called.calledByClient();
    open(called, begun);
    return begun;
  }

  /** A peer is not there any more. */
  void departed(PeerAddress peer) {
    @Nullable Foreigner foreigner = foreigners.get(peer.id());
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
    for (Foreigner foreigner : foreigners.values()) {
      refuseUnanswered(foreigner);
      client.unwatch(foreigner.address());
    }
    foreigners.clear();
    aliases.clear();
  }

  private Foreigner foreigner(ForeignSignal signal) {
    @Nullable Foreigner known = foreigners.get(signal.from().id());
    if (known != null && known.dialect().equals(signal.signal().dialect())) {
      client.watch(signal.from());
      return known;
    }
    if (foreigners.size() >= MOST_FOREIGNERS) {
      forget(eldest());
    }
    Foreigner met = new Foreigner(signal.from(), signal.signal().dialect());
    foreigners.put(signal.from().id(), met);
    client.watch(signal.from());
    return met;
  }

  /** The first one that was met, but rather one with whom nothing is going on. */
  private Foreigner eldest() {
    for (Foreigner each : foreigners.values()) {
      if (each.conversations().isEmpty()) {
        return each;
      }
    }
    return foreigners.values().iterator().next();
  }

  private void forget(Foreigner foreigner) {
    refuseUnanswered(foreigner);
    foreigner.conversations().forEach(each -> close(foreigner, each));
    foreigners.remove(foreigner.address().id());
    client.unwatch(foreigner.address());
  }

  private void refuseUnanswered(Foreigner foreigner) {
    for (Conversation each : foreigner.conversations()) {
      @Nullable Signal offer = each.unanswered();
      if (offer != null) {
        client.refuse(offer, Cause.GONE);
      }
    }
  }

  private void turnDown(Foreigner foreigner, Conversation held) {
    @Nullable Signal offer = held.unanswered();
    close(foreigner, held);
    foreigner.turnDown(held.key());
    if (offer != null) {
      client.refuse(offer, Cause.REJECTED);
    }
  }

  private void open(Foreigner foreigner, Conversation conversation) {
    foreigner.add(conversation);
    if (!conversation.name().equals(foreigner.address().id())) {
      aliases.put(conversation.name(), foreigner);
    }
  }

  private void close(Foreigner foreigner, Conversation conversation) {
    foreigner.remove(conversation);
    aliases.remove(conversation.name(), foreigner);
  }
}
