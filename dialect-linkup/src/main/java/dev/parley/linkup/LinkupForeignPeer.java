package dev.parley.linkup;

import dev.parley.signal.Content;
import dev.parley.signal.PeerAddress;
import dev.parley.webrtc.UsernameFragments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A peer of another dialect, and the conversations with it. */
final class LinkupForeignPeer {

  private static final int MOST_CONVERSATIONS = 16;
  private static final int MAX_CLOSED = 16;

  /**
   * Ends each name but the peer's own. No id has a control character, so that no other peer is
   * called so, now or later; and whatever shows the name shows nothing of it.
   */
  private static final String NO_ID = "\u001f";

  private final PeerAddress address;
  private final String dialect;
  private final List<LinkupConversation> conversations = new ArrayList<>(1);
  private final Map<String, UsernameFragments> closed = new LinkedHashMap<>(2);
  private int named;
  private boolean calledByClient;

  LinkupForeignPeer(PeerAddress address, String dialect) {
    this.address = address;
    this.dialect = dialect;
  }

  PeerAddress address() {
    return address;
  }

  String dialect() {
    return dialect;
  }

  List<LinkupConversation> conversations() {
    return List.copyOf(conversations);
  }

  boolean isFull() {
    return conversations.size() >= MOST_CONVERSATIONS;
  }

  @Nullable
  LinkupConversation withKey(String key) {
    return first(each -> each.key().equals(key));
  }

  @Nullable
  LinkupConversation withName(String name) {
    return first(each -> each.name().equals(name));
  }

  private @Nullable LinkupConversation first(Predicate<LinkupConversation> wanted) {
    for (LinkupConversation each : conversations) {
      if (wanted.test(each)) {
        return each;
      }
    }
    return null;
  }

  /**
   * A name for a conversation that the peer begins: its own, or, since a client keeps one
   * connection for each name, that with a number that none of the others has had. Once the client
   * has called the peer, the peer's own name is not free: that connection may be there yet, even if
   * the peer has left and come back, and a simple-peer that has made an offer takes a call for its
   * own connection, and hears nothing.
   */
  String freeName() {
    if (conversations.isEmpty()) {
      named = calledByClient ? 1 : 0;
    }
    named++;
    return named == 1 ? address.id() : address.id() + "#" + named + NO_ID;
  }

  /** The client has called the peer by its own name, and the peer has answered. */
  void calledByClient() {
    calledByClient = true;
    named = Math.max(named, 1);
  }

  boolean isCalledByClient() {
    return calledByClient;
  }

  void add(LinkupConversation conversation) {
    closed.remove(conversation.key());
    conversations.add(conversation);
  }

  void remove(LinkupConversation conversation) {
    conversations.remove(conversation);
  }

  /** Remembers that a conversation was refused or is over: what comes late is not for the client. */
  void close(String key, UsernameFragments fragments) {
    closed.remove(key);
    closed.put(key, fragments);
    if (closed.size() > MAX_CLOSED) {
      closed.remove(closed.keySet().iterator().next());
    }
  }

  /**
   * Whether a candidate belongs to a conversation that was refused or is over, and not to one that
   * is to come. Peers without keys have the same one, the empty key, for all.
   */
  boolean hasClosed(String key, Content candidate) {
    @Nullable UsernameFragments former = closed.get(key);
    return former != null && (key.isEmpty() ? former.prove(candidate) : former.fit(candidate));
  }
}
