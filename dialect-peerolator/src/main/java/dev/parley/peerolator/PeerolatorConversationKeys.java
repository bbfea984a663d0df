package dev.parley.peerolator;

import dev.parley.dialect.support.BoundedMap;
import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Maps between the keys by which both sides know a conversation of the own peer with one of another
 * dialect, which may have none. Keeps the latest conversation with each of the last peers. Event
 * loop only.
 */
final class PeerolatorConversationKeys {

  private static final int MAX_PEERS = 1024;

  /** Longer keys and ids are not kept: no client makes them. */
  private static final int MAX_KEY = 256;

  private static final int MAX_ID = 1024;

  private final BoundedMap<PeerAddress, Known> latest = new BoundedMap<>(MAX_PEERS);
  private long made;

  /**
   * A conversation.
   *
   * @param key the key of the own peer
   * @param theirKey the key of the other side, if it is known
   * @param sdpSession the {@code o=} id of the other side, if it is known
   * @param foreign whether the other side is known to speak another dialect
   */
  private record Known(
      String key, @Nullable String theirKey, @Nullable String sdpSession, boolean foreign) {

    /** The same, after a signal from the other side. */
    Known received(@Nullable String itsKey, @Nullable String itsSession) {
      return new Known(
          key, itsKey == null ? theirKey : itsKey, itsSession == null ? sdpSession : itsSession,
          true);
    }
  }

  /**
   * Notes that the own peer makes an offer. If that has no key, the key of the other side decides
   * to which conversation signals belong.
   */
  void markCalled(PeerAddress other, @Nullable String key) {
    @Nullable Known known = latest.get(other);
    if (key == null || key.length() > MAX_KEY || other.id().length() > MAX_ID) {
      latest.remove(other);
    } else if (known == null || !known.key.equals(key)) {
      latest.put(other, new Known(key, null, null, known != null && known.foreign));
    }
  }

  /** The own peer's key of the conversation of {@code foreign}; makes one if there is none. */
  String keyOf(ForeignSignal foreign) {
    @Nullable Known known = latest.get(foreign.from());
    @Nullable String named = named(foreign);
    @Nullable String session = sdpSession(foreign.content());
    String key = named == null ? ownKey(foreign.content(), known, session) : named;
    Known before =
        known != null && known.key.equals(key) ? known : new Known(key, null, null, true);
    latest.put(foreign.from(), before.received(foreign.conversation(), session));
    return key;
  }

  /**
   * The own peer's key of the conversation of {@code foreign}; null if there is none.
   */
  @Nullable
  String knownKeyOf(ForeignSignal foreign) {
    @Nullable String named = named(foreign);
    @Nullable Known known = latest.get(foreign.from());
    return named == null && known != null ? known.key : named;
  }

  /** The key that the signal names: ours, or else that of the other side. */
  private static @Nullable String named(ForeignSignal foreign) {
    @Nullable String ours = foreign.signal().conversation();
    return ours == null ? foreign.conversation() : ours;
  }

  /**
   * For a side without keys: an offer begins a conversation, unless its description continues that
   * of the latest one; everything else belongs to the latest.
   */
  private String ownKey(Content content, @Nullable Known known, @Nullable String session) {
    boolean opens = content instanceof Content.Offer
        && (known == null || session == null || !session.equals(known.sdpSession));
    return known == null || opens ? "parley-" + ++made : known.key;
  }

  private static @Nullable String sdpSession(Content content) {
    return switch (content) {
      case Content.Offer offer -> offer.sdp().sessionId().orElse(null);
      case Content.Answer answer -> answer.sdp().sessionId().orElse(null);
      default -> null;
    };
  }

  /** Whether a peer is known to speak another dialect. */
  boolean isForeign(PeerAddress other) {
    @Nullable Known known = latest.get(other);
    return known != null && known.foreign;
  }

  /** The own peer's key of what it refers to: the key that it names, or else the latest. */
  @Nullable
  String ourKey(PeerAddress other, @Nullable String named) {
    @Nullable Known known = latest.get(other);
    return named == null && known != null ? known.key : named;
  }

  /**
   * The other side's key of what the own peer refers to; null if it is unknown, or not that of the
   * latest conversation.
   */
  @Nullable
  String theirKey(PeerAddress other, @Nullable String named) {
    @Nullable Known known = latest.get(other);
    return known != null && (named == null || named.equals(known.key)) ? known.theirKey : null;
  }

  /** Removes a peer that has left. */
  void forget(PeerAddress other) {
    latest.remove(other);
  }
}
