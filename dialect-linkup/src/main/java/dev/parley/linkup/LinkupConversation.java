package dev.parley.linkup;

import dev.parley.dialect.Reserve;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.webrtc.UsernameFragments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection with a peer of another dialect that is being negotiated or is established. */
final class LinkupConversation {

  /** The state of the negotiation. */
  enum State {
    /** The peer's offer is held, see {@link LinkupIncomingSignals}. */
    HELD,
    /** The peer's offer was passed on, and is not answered. */
    OFFERED,
    /** Answered. */
    ANSWERED
  }

  private static final int MAX_WAITING = 128;
  private static final String NO_KEY = "";

  private final String key;
  private final String name;
  private final List<Runnable> afterAnswer = new ArrayList<>(0);
  private State state;
  private @Nullable Held held;
  private UsernameFragments fragments = UsernameFragments.NONE;
  private @Nullable Signal unanswered;
  private boolean suppressed;

  /** An offer that waits, and the memory that it takes. */
  private record Held(Content.Offer offer, int weight, Reserve reserve) {}

  private LinkupConversation(
      String key, String name, State state, @Nullable Signal unanswered) {
    this.key = key;
    this.name = name;
    this.state = state;
    this.unanswered = unanswered;
  }

  /**
   * A conversation that the peer begins.
   *
   * @param name the id of the peer towards the client
   */
  static LinkupConversation offered(String key, String name, Signal offer) {
    return new LinkupConversation(key, name, State.OFFERED, offer.header());
  }

  /** A conversation that the client began and the peer answers. */
  static LinkupConversation called(String key, String name) {
    return new LinkupConversation(key, name, State.ANSWERED, null);
  }

  /** The key of the conversation that a signal belongs to; empty if it has none. */
  static String keyOf(ForeignSignal signal) {
    return signal.conversation() == null ? NO_KEY : signal.conversation();
  }

  /** The key by which the peer's side knows it; empty if it has none. */
  String key() {
    return key;
  }

  /** The same key; null if it has none. */
  @Nullable
  String keyOrNull() {
    return key.equals(NO_KEY) ? null : key;
  }

  /** The id of the peer towards the client. */
  String name() {
    return name;
  }

  State state() {
    return state;
  }

  /**
   * Holds the offer, if there is memory for it.
   *
   * @param weight how much it takes of {@code reserve}
   */
  boolean hold(Content.Offer offer, int weight, Reserve reserve) {
    if (!reserve.take(weight)) {
      return false;
    }
    state = State.HELD;
    held = new Held((Content.Offer) offer.detached(), weight, reserve);
    return true;
  }

  /** Gives back the memory of an offer that is held no longer. */
  void releaseHeld() {
    Held over = held;
    held = null;
    if (over != null) {
      over.reserve.giveBack(over.weight);
    }
  }

  /** The offer that is held; null if none is. */
  Content.@Nullable Offer held() {
    return held == null ? null : held.offer;
  }

  /** Notes that the client is sent a description of the peer; an offer is held no longer. */
  void markDescribed(Sdp description) {
    fragments = UsernameFragments.of(description);
    if (state == State.HELD) {
      state = State.OFFERED;
      releaseHeld();
    }
  }

  /** Whether a candidate belongs to the description that the client has of the peer. */
  boolean isDescribedFor(Content candidate) {
    return state != State.HELD && fragments.fit(candidate);
  }

  UsernameFragments fragments() {
    return fragments;
  }

  /** Notes that the offer is answered, and runs what has waited for that. */
  void markAnswered() {
    state = State.ANSWERED;
    unanswered = null;
    suppressed = false;
    runWaiting();
  }

  /** Runs a task after the answer, or {@link #runWaiting}; false if too many wait. */
  boolean onceAnswered(Runnable task) {
    return afterAnswer.size() < MAX_WAITING && afterAnswer.add(task);
  }

  /** Runs what waits for the answer. */
  void runWaiting() {
    List<Runnable> ready = List.copyOf(afterAnswer);
    afterAnswer.clear();
    ready.forEach(Runnable::run);
  }

  /** The peer's offer, as long as it is not answered. */
  @Nullable
  Signal unanswered() {
    return unanswered;
  }

  /** Withholds the client's own call, which crosses with the peer's, until it answers. */
  void suppress() {
    suppressed = true;
  }

  boolean isSuppressed() {
    return suppressed;
  }
}
