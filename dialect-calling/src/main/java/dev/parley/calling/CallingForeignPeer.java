package dev.parley.calling;

import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.webrtc.UsernameFragments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A peer of another dialect in one of the user's rooms, and the conversation that the two have
 * there. Event loop only.
 */
final class CallingForeignPeer {

  /** How far the user has let it in. */
  enum State {
    /** It has called; the user is being asked. */
    RINGING,
    /** The user has accepted, and is on its way into the room. */
    JOINING,
    /** Both are in the room. */
    PRESENT
  }

  private static final int MOST_BYTES_OF_CHANNELS = 16 * 1024;

  private static final Bytes NO_CHANNELS = Bytes.utf8("{}");

  private final PeerAddress peer;
  private final String dialect;
  private final String room;
  private final long handle;
  private final CallingHeldSignals incoming;
  private final CallingHeldSignals outgoing;

  private State state;
  private long entry;
  private @Nullable Runnable early;
  private boolean begun;
  private boolean called;
  private @Nullable String key;
  private Optional<String> origin = Optional.empty();
  private Optional<String> ownOrigin = Optional.empty();
  private @Nullable Signal unanswered;
  private boolean calling;
  private UsernameFragments fragments = UsernameFragments.NONE;
  private boolean described;
  private boolean ownDescribed;
  private long reference;
  private Bytes offeredChannels = NO_CHANNELS;

  /**
   * @param handle by which the user knows the invitation
   * @param budget bounds what waits
   */
  CallingForeignPeer(PeerAddress peer, String dialect, String room, long handle, State state,
      CallingHeldSignals.Budget budget) {
    this.peer = peer;
    this.dialect = dialect;
    this.room = room;
    this.handle = handle;
    this.state = state;
    this.incoming = new CallingHeldSignals(budget);
    this.outgoing = new CallingHeldSignals(budget);
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

  State state() {
    return state;
  }

  /** Whether it is in that room, and does not only ring. */
  boolean isIn(String name) {
    return state == State.PRESENT && room.equals(name);
  }

  /** The number of its membership in the room, once it is a member. */
  long entry() {
    return entry;
  }

  /** The user is on its way into the room. */
  void joins() {
    state = State.JOINING;
  }

  /** The user could not get into the room. */
  void rings() {
    state = State.RINGING;
  }

  /** Both are in the room. */
  void enters(long itsEntry) {
    state = State.PRESENT;
    entry = itsEntry;
  }

  /**
   * It left while the user was on its way into the room.
   *
   * @param end what is to be done about it when it is known where the user is
   */
  void leavesEarly(Runnable end) {
    early = end;
  }

  /** Makes up for its end, if it left early; whether it did. */
  boolean hasLeftEarly() {
    if (early == null) {
      return false;
    }
    early.run();
    return true;
  }

  // ---- the conversation

  /** Whether anything was said. */
  boolean hasBegun() {
    return begun;
  }

  /**
   * The guest begins.
   *
   * @param itsKey by which its side knows the conversation; null if it has none
   */
  void calls(Signal offer, @Nullable String itsKey, Sdp sdp) {
    begun = true;
    called = true;
    key = itsKey;
    isOffered(offer, sdp);
  }

  /** Whether it was the guest who began. */
  boolean hasCalled() {
    return called;
  }

  @Nullable
  String key() {
    return key;
  }

  /** Whether a description with this origin goes on with the conversation. */
  boolean hasOrigin(Optional<String> other) {
    return origin.isPresent() && origin.equals(other);
  }

  /** The guest makes an offer, the first one or another. */
  void isOffered(Signal offer, Sdp sdp) {
    unanswered = offer.header();
    describes(sdp);
  }

  private void describes(Sdp sdp) {
    origin = sdp.sessionId();
    fragments = UsernameFragments.of(sdp);
    described = true;
  }

  /** The guest's offer, as long as the user has not answered it. */
  @Nullable
  Signal unanswered() {
    return unanswered;
  }

  /** The user answers. */
  void isAnsweredByUser(Optional<String> itsOrigin, long itsReference) {
    unanswered = null;
    ownDescribed = true;
    ownOrigin = itsOrigin;
    reference = itsReference;
  }

  /** Whether an offer of the user with this origin would be about another connection. */
  boolean wouldBegin(Optional<String> itsOrigin) {
    return !begun
        || (ownOrigin.isPresent() && itsOrigin.isPresent() && !ownOrigin.equals(itsOrigin));
  }

  /** The user begins a conversation; a former one is over. */
  void begin(String itsKey) {
    begun = true;
    called = false;
    key = itsKey;
    calling = false;
    described = false;
    ownDescribed = false;
    origin = Optional.empty();
  }

  /** The user makes an offer within the conversation. */
  void isCalled(Optional<String> itsOrigin, @Nullable Bytes channels, long itsReference) {
    if (!calling) {
      // A further offer may be refused without harm to the one that is being answered.
      reference = itsReference;
    }
    calling = true;
    ownDescribed = true;
    ownOrigin = itsOrigin;
    if (channels != null && channels.length() <= MOST_BYTES_OF_CHANNELS) {
      offeredChannels = channels.detached();
    }
  }

  /** Whether the user's offer is not answered. */
  boolean isCalling() {
    return calling;
  }

  /** The user's offer is answered. */
  void isAnswered(Sdp sdp) {
    calling = false;
    describes(sdp);
  }

  /** The user's offer came to nothing, but the connection that was there before still is. */
  void isRefused() {
    calling = false;
  }

  /** Whether this is the number of the user's offer, or answer, that counts. */
  boolean awaits(long itsReference) {
    return reference == itsReference;
  }

  /** Whether the user has the guest's description: what came before it would be lost. */
  boolean isDescribed() {
    return described;
  }

  /** Whether this may belong to the guest's description. */
  boolean hasDescribed(Content content) {
    return fragments.fit(content);
  }

  /** Whether the guest has the user's description. */
  boolean isOwnDescribed() {
    return ownDescribed;
  }

  /** The channels of the user's offer, a JSON object. */
  Bytes offeredChannels() {
    return offeredChannels;
  }

  // ---- what waits

  /** What waits for the user. */
  CallingHeldSignals incoming() {
    return incoming;
  }

  /** What waits for the guest. */
  CallingHeldSignals outgoing() {
    return outgoing;
  }
}
