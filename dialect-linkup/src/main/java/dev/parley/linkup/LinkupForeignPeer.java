package dev.parley.linkup;

import dev.parley.dialect.support.BoundedMap;
import dev.parley.signal.Content;
import dev.parley.signal.PeerAddress;
import dev.parley.webrtc.UsernameFragments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A peer of another dialect, and the conversations with it. */
final class LinkupForeignPeer {

  private static final int MAX_CONVERSATIONS = 16;
  private static final int MAX_CLOSED = 16;

  /**
   * The end of each name but the peer's own. Ids have no control characters, so no other peer can
   * have such a name; and it is invisible where names are shown.
   */
  private static final String NO_ID = "\u001f";

  private final PeerAddress address;
  private final String dialect;
  private final List<LinkupConversation> conversations = new ArrayList<>(1);
  private final BoundedMap<String, UsernameFragments> closed = new BoundedMap<>(MAX_CLOSED);
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
    return conversations.size() >= MAX_CONVERSATIONS;
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
   * A name for a conversation that the peer begins: its id, or, since a client has one connection
   * for each name, the id with a number that no other conversation has had. The id alone is not
   * free once the client has called the peer: that connection may still exist, even if the peer has
   * left and returned, and a simple-peer that has made an offer takes the call for its own
   * connection.
   */
  String freeName() {
    if (conversations.isEmpty()) {
      named = calledByClient ? 1 : 0;
    }
    named++;
    return named == 1 ? address.id() : address.id() + "#" + named + NO_ID;
  }

  /** Notes that the peer has answered a call of the client to its id. */
  void markCalledByClient() {
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

  /** Notes that a conversation was refused or is over: its late candidates are dropped. */
  void markClosed(String key, UsernameFragments fragments) {
    closed.put(key, fragments);
  }

  /**
   * Whether a candidate belongs to a conversation that was refused or is over, and not to the next.
   * Peers without keys have the same one, the empty key, for all.
   */
  boolean hasClosed(String key, Content candidate) {
    @Nullable UsernameFragments former = closed.get(key);
    return former != null && (key.isEmpty() ? former.prove(candidate) : former.fit(candidate));
  }
}
