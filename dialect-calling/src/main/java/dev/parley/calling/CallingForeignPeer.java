package dev.parley.calling;

import dev.parley.dialect.Reserve;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * A peer of another dialect in one of the user's rooms, or one that calls the user. Event loop of
 * the session only.
 */
final class CallingForeignPeer {

  /** The state of its admission by the user. */
  enum State {
    /** It has called; the user has not accepted yet. */
    RINGING,
    /** The user has accepted, and joins the room. */
    JOINING,
    /** Both are in the room. */
    PRESENT
  }

  private final PeerAddress peer;
  private final String dialect;
  private final String room;
  private final long handle;
  private final CallingConversation conversation;

  private State state;
  private long entry;
  private @Nullable Runnable onceJoined;

  /**
   * @param handle the handle of its invitation to the user
   * @param reserve the memory for signals that wait
   */
  CallingForeignPeer(PeerAddress peer, String dialect, String room, long handle, State state,
      Reserve reserve) {
    this.peer = peer;
    this.dialect = dialect;
    this.room = room;
    this.handle = handle;
    this.state = state;
    this.conversation = new CallingConversation(reserve);
  }

  PeerAddress peer() {
    return peer;
  }

  String id() {
    return peer.id();
  }

  String dialect() {
    return dialect;
  }

  String room() {
    return room;
  }

  long handle() {
    return handle;
  }

  CallingConversation conversation() {
    return conversation;
  }

  State state() {
    return state;
  }

  boolean isPresent() {
    return state == State.PRESENT;
  }

  /** Whether it is a member of that room, and does not only ring. */
  boolean isIn(String name) {
    return isPresent() && room.equals(name);
  }

  /** The number of its membership in the room, once it is a member. */
  long entry() {
    return entry;
  }

  /** Notes that the user accepts and joins the room. */
  void markJoining() {
    state = State.JOINING;
  }

  /** Notes that the user could not join the room. */
  void markRinging() {
    state = State.RINGING;
  }

  /** Notes that both are in the room. */
  void markPresent(long itsEntry) {
    state = State.PRESENT;
    entry = itsEntry;
  }

  /** Keeps its end for {@link #endIfLeft}: it has left while the user joins the room. */
  void endOnceJoined(Runnable end) {
    onceJoined = end;
  }

  /** Ends it if it has left while the user joined the room. */
  boolean endIfLeft() {
    if (onceJoined == null) {
      return false;
    }
    onceJoined.run();
    return true;
  }
}
