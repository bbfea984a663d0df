package dev.parley.calling;

import dev.parley.dialect.Reserve;
import dev.parley.dialect.support.BoundedBuffer;
import dev.parley.signal.Bytes;
import dev.parley.signal.Content;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.webrtc.UsernameFragments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The negotiation between the user and a peer of another dialect in one room. Event loop of the
 * session only.
 */
final class CallingConversation {

  private static final int MAX_BYTES_OF_CHANNELS = 16 * 1024;
  private static final Bytes NO_CHANNELS = Bytes.utf8("{}");

  private final BoundedBuffer<CallingHeldSignal> incoming;
  private final BoundedBuffer<CallingHeldSignal> outgoing;

  private boolean begun;
  private boolean calledByPeer;
  private @Nullable String key;

  // of the peer's description
  private boolean described;
  private Optional<String> origin = Optional.empty();
  private UsernameFragments fragments = UsernameFragments.NONE;
  private @Nullable Signal unanswered;

  // of the user's description
  private boolean ownDescribed;
  private Optional<String> ownOrigin = Optional.empty();
  private boolean ownUnanswered;
  private long reference;
  private Bytes offeredChannels = NO_CHANNELS;

  CallingConversation(Reserve reserve) {
    this.incoming = CallingHeldSignal.buffer(reserve);
    this.outgoing = CallingHeldSignal.buffer(reserve);
  }

  /** Signals that wait for the user. */
  BoundedBuffer<CallingHeldSignal> incoming() {
    return incoming;
  }

  /** Signals that wait for the peer. */
  BoundedBuffer<CallingHeldSignal> outgoing() {
    return outgoing;
  }

  // ---- beginning

  /** Whether one of the two has made an offer. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether the peer began it. */
  boolean isCalledByPeer() {
    return calledByPeer;
  }

  /** The key by which the peer's side knows it; null if it has none. */
  @Nullable
  String key() {
    return key;
  }

  /** The peer begins. */
  void beginByPeer(Signal offer, @Nullable String itsKey, Sdp sdp) {
    begun = true;
    calledByPeer = true;
    key = itsKey;
    markOffered(offer, sdp);
  }

  /** The user begins; a former conversation is over. */
  void beginByUser(String itsKey) {
    begun = true;
    calledByPeer = false;
    key = itsKey;
    ownUnanswered = false;
    described = false;
    ownDescribed = false;
    origin = Optional.empty();
  }

  /** Whether an offer of the user with this origin begins another conversation. */
  boolean wouldBegin(Optional<String> itsOrigin) {
    return !begun
        || (ownOrigin.isPresent() && itsOrigin.isPresent() && !ownOrigin.equals(itsOrigin));
  }

  // ---- the peer's descriptions

  /** Notes an offer of the peer, the first one or another. */
  void markOffered(Signal offer, Sdp sdp) {
    unanswered = offer.header();
    describe(sdp);
  }

  /** Notes that the peer answers the user's offer. */
  void markAnswered(Sdp sdp) {
    ownUnanswered = false;
    describe(sdp);
  }

  private void describe(Sdp sdp) {
    origin = sdp.sessionId();
    fragments = UsernameFragments.of(sdp);
    described = true;
  }

  /** The peer's offer, as long as the user has not answered it. */
  @Nullable
  Signal unanswered() {
    return unanswered;
  }

  /** Whether the user has the peer's description; candidates before it would be lost. */
  boolean isDescribed() {
    return described;
  }

  /** Whether a content may belong to the peer's description. */
  boolean isDescribedFor(Content content) {
    return fragments.fit(content);
  }

  /** Whether a description with this origin belongs to this conversation. */
  boolean hasOrigin(Optional<String> other) {
    return origin.isPresent() && origin.equals(other);
  }

  // ---- the user's descriptions

  /** Notes an offer of the user, the first one or another. */
  void markOfferedByUser(
      Optional<String> itsOrigin, @Nullable Bytes channels, long itsReference) {
    if (!ownUnanswered) {
      // If a further offer is refused, the one that is being answered is not affected.
      reference = itsReference;
    }
    ownUnanswered = true;
    ownDescribed = true;
    ownOrigin = itsOrigin;
    if (channels != null && channels.length() <= MAX_BYTES_OF_CHANNELS) {
      offeredChannels = channels.detached();
    }
  }

  /** Notes that the user answers the peer's offer. */
  void markAnsweredByUser(Optional<String> itsOrigin, long itsReference) {
    unanswered = null;
    ownDescribed = true;
    ownOrigin = itsOrigin;
    reference = itsReference;
  }

  /** Notes that the user's offer has failed, but not the connection. */
  void markRefused() {
    ownUnanswered = false;
  }

  /** Whether the user's offer is not answered. */
  boolean isCalling() {
    return ownUnanswered;
  }

  /** Whether this is the reference of the user's offer or answer that counts. */
  boolean awaits(long itsReference) {
    return reference == itsReference;
  }

  /** Whether the peer has the user's description. */
  boolean isOwnDescribed() {
    return ownDescribed;
  }

  /** The channels of the user's offer, a JSON object. */
  Bytes offeredChannels() {
    return offeredChannels;
  }
}
