package dev.parley.linkup;

import dev.parley.dialect.Reserve;
import dev.parley.signal.Content;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.webrtc.UsernameFragments;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection that is being made, or was made, with a peer of another dialect. */
final class LinkupConversation {

  /** How far it has come. */
  enum State {
    /** The peer's offer waits here, see {@link LinkupForeignPeers}. */
    HELD,
    /** The peer's offer was passed on, and is not answered. */
    OFFERED,
    /** Answered. */
    ANSWERED
  }

  private static final int MOST_WAITING = 128;

  private final String key;
  private final String name;
  private final List<Runnable> afterAnswer = new ArrayList<>(0);
  private State state;
  private @Nullable Held held;
  private UsernameFragments fragments = UsernameFragments.NONE;
  private @Nullable Signal unanswered;
  private boolean deaf;

  /** An offer that waits, and the memory that it takes. */
  private record Held(Content.Offer offer, int weight, Reserve reserve) {}

  private LinkupConversation(String key, String name, State state, @Nullable Signal unanswered) {
    this.key = key;
    this.name = name;
    this.state = state;
    this.unanswered = unanswered;
  }

  /**
   * One that the peer began.
   *
   * @param name what the peer is called in it
   */
  static LinkupConversation offered(String key, String name, Signal offer) {
    return new LinkupConversation(key, name, State.OFFERED, offer.header());
  }

  /** One that the client began, and the peer answers. */
  static LinkupConversation called(String key, String name) {
    return new LinkupConversation(key, name, State.ANSWERED, null);
  }

  /** The key by which the peer's side knows it; empty if it has none. */
  String key() {
    return key;
  }

  /** What the peer is called in it. */
  String name() {
    return name;
  }

  State state() {
    return state;
  }

  /**
   * Lets the offer wait, if there is memory for that.
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

  /** The offer waits no longer. */
  void letGo() {
    Held over = held;
    held = null;
    if (over != null) {
      over.reserve.giveBack(over.weight);
    }
  }

  /** The offer that waits; null if none does. */
  Content.@Nullable Offer held() {
    return held == null ? null : held.offer;
  }

  /** The client has a description of the peer; an offer waits no longer. */
  void describe(Sdp description) {
    fragments = UsernameFragments.of(description);
    if (state == State.HELD) {
      state = State.OFFERED;
      letGo();
    }
  }

  /** Whether a candidate belongs to the description that the client has of the peer. */
  boolean isDescribedFor(Content candidate) {
    return state != State.HELD && fragments.fit(candidate);
  }

  UsernameFragments fragments() {
    return fragments;
  }

  void answered() {
    state = State.ANSWERED;
    unanswered = null;
    deaf = false;
    goOn();
  }

  /** Runs something when the peer's offer has been answered, or {@link #goOn} is called. */
  boolean onceAnswered(Runnable task) {
    return afterAnswer.size() < MOST_WAITING && afterAnswer.add(task);
  }

  /** Runs what waits for the answer. */
  void goOn() {
    List<Runnable> ready = List.copyOf(afterAnswer);
    afterAnswer.clear();
    ready.forEach(Runnable::run);
  }

  /** The peer's offer, as long as it is not answered. */
  @Nullable
  Signal unanswered() {
    return unanswered;
  }

  /** The client has made an offer at the same time; it is not heard until it answers. */
  void deafen() {
    deaf = true;
  }

  boolean isDeaf() {
    return deaf;
  }
}
