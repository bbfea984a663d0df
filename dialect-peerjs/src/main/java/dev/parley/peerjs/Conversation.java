package dev.parley.peerjs;

import dev.parley.signal.Content;
import dev.parley.signal.Media;
import dev.parley.signal.PeerAddress;
import dev.parley.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection with a peer of another dialect, which PeerJS knows by its connectionId. */
final class Conversation {

  private static final int MOST_EARLY = 128;

  /** The longest candidates have some hundred each. */
  private static final int MOST_BYTES_EARLY = 64 * 1024;

  private static final String MEDIA_PREFIX = "mc_";

  private final PeerAddress peer;
  private final String connectionId;
  private final Media media;
  private final List<Content.Candidate> early = new ArrayList<>(0);
  private int bytesEarly;
  private Optional<String> origin;
  private boolean described;
  private @Nullable Signal unanswered;

  private Conversation(
      PeerAddress peer, String connectionId, Media media, Optional<String> origin,
      @Nullable Signal unanswered) {
    this.peer = peer;
    this.connectionId = connectionId;
    this.media = media;
    this.origin = origin;
    this.unanswered = unanswered;
    this.described = unanswered != null;
  }

  /**
   * One that the peer began.
   *
   * @param origin what its descriptions call the session
   */
  static Conversation offered(
      String connectionId, Media media, Optional<String> origin, Signal offer) {
    return new Conversation(offer.from(), connectionId, media, origin, offer.header());
  }

  /** One that the client began. */
  static Conversation called(PeerAddress peer, String connectionId) {
    Media media = connectionId.startsWith(MEDIA_PREFIX) ? Media.MEDIA : Media.DATA;
    return new Conversation(peer, connectionId, media, Optional.empty(), null);
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

  /** Whether the client has the peer's description: candidates before it would be lost. */
  boolean isDescribed() {
    return described;
  }

  /** The peer has answered; its candidates that came too early. */
  List<Content.Candidate> describe(Optional<String> itsOrigin) {
    described = true;
    origin = itsOrigin;
    List<Content.Candidate> kept = List.copyOf(early);
    early.clear();
    bytesEarly = 0;
    return kept;
  }

  /**
   * Keeps a candidate until the description is there; false if there is no more room.
   *
   * @param weight how many bytes it counts for
   */
  boolean keep(Content.Candidate candidate, int weight) {
    if (early.size() >= MOST_EARLY || weight > MOST_BYTES_EARLY - bytesEarly) {
      return false;
    }
    bytesEarly += weight;
    return early.add(candidate);
  }

  /** The client has answered. */
  void answered() {
    unanswered = null;
  }

  /** The peer's offer, until the client has answered it. */
  @Nullable
  Signal unanswered() {
    return unanswered;
  }
}
