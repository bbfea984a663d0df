package dev.parley.peerolator;

import dev.parley.signal.Content;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import org.jspecify.annotations.Nullable;

/**
 * By which key a peer knows its conversations with peers of other dialects, some of which have
 * none. Remembers the latest with each of the peers that it spoke with last. Event loop only.
 */
final class PeerolatorConversationKeys {

  private static final int MOST = 1024;

  /** Of longer ones nothing is remembered: no client makes them, and nobody has such an id. */
  private static final int LONGEST_KEY = 256;

  private static final int LONGEST_ID = 1024;

  private final PeerolatorRecent<PeerAddress, Known> latest = new PeerolatorRecent<>(MOST);
  private long made;

  /**
   * A conversation.
   *
   * @param key how the own peer knows it
   * @param theirKey how the other side knows it, if it has said so
   * @param sdpSession the {@code o=} id of the other side, if it is known
   * @param foreign whether the other side is known to speak another dialect
   */
  private record Known(
      String key, @Nullable String theirKey, @Nullable String sdpSession, boolean foreign) {

    /** The same, after a signal from the other side. */
    Known told(@Nullable String itsKey, @Nullable String itsSession) {
      return new Known(
          key, itsKey == null ? theirKey : itsKey, itsSession == null ? sdpSession : itsSession,
          true);
    }
  }

  /**
   * The own peer opens a conversation, or goes on with it. If it does not name it, the other side
   * has to tell which of the two it is, and knows best what belongs to it.
   */
  void called(PeerAddress other, @Nullable String key) {
    @Nullable Known known = latest.get(other);
    if (key == null || key.length() > LONGEST_KEY || other.id().length() > LONGEST_ID) {
      latest.remove(other);
    } else if (known == null || !known.key.equals(key)) {
      latest.put(other, new Known(key, null, null, known != null && known.foreign));
    }
  }

  /** The key under which the own peer is told {@code foreign}. */
  String keyOf(ForeignSignal foreign) {
    @Nullable Known known = latest.get(foreign.from());
    @Nullable String said = said(foreign);
    @Nullable String session = sdpSession(foreign.content());
    String key = said == null ? ownKey(foreign.content(), known, session) : said;
    Known before =
        known != null && known.key.equals(key) ? known : new Known(key, null, null, true);
    latest.put(foreign.from(), before.told(foreign.conversation(), session));
    return key;
  }

  /**
   * The key under which the own peer would be told {@code foreign}, if it belongs to a conversation
   * that there is; null if there is none.
   */
  @Nullable
  String knownKeyOf(ForeignSignal foreign) {
    @Nullable String said = said(foreign);
    @Nullable Known known = latest.get(foreign.from());
    return said == null && known != null ? known.key : said;
  }

  /** What the signal says about it: by our key, or else by the other side's. */
  private static @Nullable String said(ForeignSignal foreign) {
    @Nullable String ours = foreign.signal().conversation();
    return ours == null ? foreign.conversation() : ours;
  }

  /**
   * For a side that has no keys: an offer is a new conversation unless its description goes on with
   * that of the one there is; everything else belongs to that.
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

  /** What the own peer speaks of: what it has said, or else the latest conversation. */
  @Nullable
  String ourKey(PeerAddress other, @Nullable String said) {
    @Nullable Known known = latest.get(other);
    return said == null && known != null ? known.key : said;
  }

  /**
   * How the other side knows what the own peer speaks of, as far as it is the latest conversation;
   * of others the own peer's word has to do.
   */
  @Nullable
  String theirKey(PeerAddress other, @Nullable String said) {
    @Nullable Known known = latest.get(other);
    return known != null && (said == null || said.equals(known.key)) ? known.theirKey : null;
  }

  /** A peer has left. */
  void forget(PeerAddress other) {
    latest.remove(other);
  }
}
