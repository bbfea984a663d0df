package dev.parley.linkup;

import dev.parley.signal.Content;
import dev.parley.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection that is being made, or was made, with a peer of another dialect. */
final class Conversation {

  /** How far it has come. */
  enum State {
    /** The peer's offer waits here, see {@link Conversations}. */
    HELD,
    /** The peer's offer was passed on, and is not answered. */
    OFFERED,
    /** The client's own offer, of which the peer has been heard already, but no answer. */
    CALLING,
    /** Answered. */
    ANSWERED
  }

  private static final int MOST_WAITING = 128;

  /** Of candidates, of which the longest have some hundred each. */
  private static final int MOST_BYTES_WAITING = 64 * 1024;

  private final String key;
  private final String name;
  private final List<Content> waiting = new ArrayList<>(0);
  private final List<Runnable> afterAnswer = new ArrayList<>(0);
  private int bytesWaiting;
  private State state;
  private @Nullable Signal unanswered;
  private boolean deaf;

  private Conversation(String key, String name, State state, @Nullable Signal unanswered) {
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
  static Conversation offered(String key, String name, Signal offer) {
    return new Conversation(key, name, State.OFFERED, offer.header());
  }

  /** One that the client began. */
  static Conversation calling(String key, String name) {
    return new Conversation(key, name, State.CALLING, null);
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

  /** Lets the offer wait, and what belongs to it. */
  void hold(Content offer) {
    state = State.HELD;
    waiting.add(offer);
  }

  /** Ends the waiting; what has waited, in order. */
  List<Content> release() {
    state = State.OFFERED;
    List<Content> released = List.copyOf(waiting);
    waiting.clear();
    bytesWaiting = 0;
    return released;
  }

  /**
   * Keeps a candidate for later, as long as there is room.
   *
   * @param weight how many bytes it counts for
   */
  boolean keep(Content candidate, int weight) {
    if (waiting.size() >= MOST_WAITING || weight > MOST_BYTES_WAITING - bytesWaiting) {
      return false;
    }
    bytesWaiting += weight;
    return waiting.add(candidate);
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
