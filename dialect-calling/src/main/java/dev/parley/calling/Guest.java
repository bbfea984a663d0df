package dev.parley.calling;

import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A peer of another dialect in one of the user's rooms, and the conversation that the two have
 * there. Event loop only.
 */
final class Guest {

  /** How far the user has let it in. */
  enum State {
    /** It has called; the user is being asked. */
    RINGING,
    /** The user has accepted, and is on its way into the room. */
    JOINING,
    /** Both are in the room. */
    PRESENT
  }

  private static final int MOST_WAITING = 128;
  private static final int MOST_BYTES_WAITING = 256 * 1024;

  private static final int MOST_BYTES_OF_CHANNELS = 16 * 1024;

  private static final Bytes NO_CHANNELS = Bytes.utf8("{}");

  private final PeerAddress peer;
  private final String dialect;
  private final String room;
  private final long handle;
  private final Waiting incoming = new Waiting();
  private final Waiting outgoing = new Waiting();

  private State state;
  private boolean gone;
  private boolean begun;
  private boolean called;
  private @Nullable String key;
  private Optional<String> origin = Optional.empty();
  private Optional<String> ownOrigin = Optional.empty();
  private @Nullable Signal unanswered;
  private boolean calling;
  private boolean described;
  private boolean ownDescribed;
  private long reference;
  private Bytes offeredChannels = NO_CHANNELS;

  /**
   * Something that has to wait.
   *
   * @param signal it, without what it says
   * @param content what it says
   */
  record Held(Signal signal, Content content) {}

  private static final class Waiting {
    private final List<Held> held = new ArrayList<>(0);
    private int bytes;

    boolean add(Held more) {
      int weight = more.signal().weight();
      if (held.size() >= MOST_WAITING || weight > MOST_BYTES_WAITING - bytes) {
        return false;
      }
      bytes += weight;
      return held.add(more);
    }

    List<Held> take() {
      List<Held> taken = List.copyOf(held);
      held.clear();
      bytes = 0;
      return taken;
    }
  }

  private Guest(PeerAddress peer, String dialect, String room, long handle, State state) {
    this.peer = peer;
    this.dialect = dialect;
    this.room = room;
    this.handle = handle;
    this.state = state;
  }

  /**
   * One that has called.
   *
   * @param key by which its side knows the conversation; null if it has none
   * @param handle by which the user knows the invitation
   */
  static Guest calling(
      Signal offer, @Nullable String key, Optional<String> origin, String room, long handle) {
    Guest guest = new Guest(offer.from(), offer.dialect(), room, handle, State.RINGING);
    guest.begun = true;
    guest.called = true;
    guest.key = key;
    guest.isOffered(offer, origin);
    return guest;
  }

  /** One that the user has brought in. */
  static Guest invited(PeerAddress peer, String dialect, String room, long handle) {
    return new Guest(peer, dialect, room, handle, State.PRESENT);
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

  void state(State next) {
    state = next;
  }

  /** It left while the user was on its way into the room. */
  void leavesEarly() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }

  // ---- the conversation

  /** Whether anything was said. */
  boolean hasBegun() {
    return begun;
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
  void isOffered(Signal offer, Optional<String> itsOrigin) {
    unanswered = offer.header();
    origin = itsOrigin;
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
  void isAnswered(Optional<String> itsOrigin) {
    calling = false;
    described = true;
    origin = itsOrigin;
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

  /** Whether the guest has the user's description. */
  boolean isOwnDescribed() {
    return ownDescribed;
  }

  /** The channels of the user's offer, a JSON object. */
  Bytes offeredChannels() {
    return offeredChannels;
  }

  // ---- what waits

  /** Keeps something for the user; false if there is no more room. */
  boolean keepIncoming(ForeignSignal signal) {
    return incoming.add(new Held(signal.signal(), signal.content()));
  }

  List<Held> takeIncoming() {
    return incoming.take();
  }

  /** Keeps something for the guest; false if there is no more room. */
  boolean keepOutgoing(Held held) {
    return outgoing.add(held);
  }

  List<Held> takeOutgoing() {
    return outgoing.take();
  }
}
