package dev.parley.peerjs;

import dev.parley.signal.Media;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Sdp;
import dev.parley.signal.Signal;
import dev.parley.webrtc.UsernameFragments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection with a peer of another dialect, identified by its connectionId. */
final class PeerJsConversation {

  private static final String MEDIA_PREFIX = "mc_";

  private final PeerAddress peer;
  private final String connectionId;
  private final Media media;
  private Optional<String> origin = Optional.empty();
  private UsernameFragments fragments = UsernameFragments.NONE;
  private @Nullable Signal unanswered;

  private PeerJsConversation(
      PeerAddress peer, String connectionId, Media media, Sdp description,
      @Nullable Signal unanswered) {
    this.peer = peer;
    this.connectionId = connectionId;
    this.media = media;
    this.unanswered = unanswered;
    describe(description);
  }

  /**
   * A conversation that the peer begins.
   *
   * @param description what its offer says
   */
  static PeerJsConversation offered(
      String connectionId, Media media, Sdp description, Signal offer) {
    return new PeerJsConversation(offer.from(), connectionId, media, description, offer.header());
  }

  /**
   * A conversation that the client began and the peer answers.
   *
   * @param description what its answer says
   */
  static PeerJsConversation called(PeerAddress peer, String connectionId, Sdp description) {
    Media media = connectionId.startsWith(MEDIA_PREFIX) ? Media.MEDIA : Media.DATA;
    return new PeerJsConversation(peer, connectionId, media, description, null);
  }

  PeerAddress peer() {
    return peer;
  }

  String connectionId() {
    return connectionId;
  }

  Media media() {
    return media;
  }

  /** Whether a description with this origin belongs to it. */
  boolean hasOrigin(Optional<String> other) {
    return origin.isPresent() && origin.equals(other);
  }

  /** Notes a description of the peer that the client is sent. */
  void describe(Sdp description) {
    origin = description.sessionId();
    fragments = UsernameFragments.of(description);
  }

  /** Which candidates belong to the peer's description. */
  UsernameFragments fragments() {
    return fragments;
  }

  /** Notes that the client has answered. */
  void markAnswered() {
    unanswered = null;
  }

  /** The peer's offer, until the client has answered it. */
  @Nullable
  Signal unanswered() {
    return unanswered;
  }
}
