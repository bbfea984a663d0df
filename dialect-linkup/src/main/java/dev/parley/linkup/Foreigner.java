package dev.parley.linkup;

import dev.parley.signal.PeerAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A peer of another dialect, and the conversations with it. */
final class Foreigner {

  private static final int MOST_CONVERSATIONS = 16;
  private static final int MOST_TURNED_DOWN = 16;

  private final PeerAddress address;
  private final String dialect;
  private final List<Conversation> conversations = new ArrayList<>(1);
  private final Set<String> turnedDown = new LinkedHashSet<>(2);

  Foreigner(PeerAddress address, String dialect) {
    this.address = address;
    this.dialect = dialect;
  }

  PeerAddress address() {
    return address;
  }

  String dialect() {
    return dialect;
  }

  List<Conversation> conversations() {
    return List.copyOf(conversations);
  }

  boolean isFull() {
    return conversations.size() >= MOST_CONVERSATIONS;
  }

  @Nullable
  Conversation withKey(String key) {
    return first(each -> each.key().equals(key));
  }

  @Nullable
  Conversation withName(String name) {
    return first(each -> each.name().equals(name));
  }

  private @Nullable Conversation first(Predicate<Conversation> wanted) {
    for (Conversation each : conversations) {
      if (wanted.test(each)) {
        return each;
      }
    }
    return null;
  }

  /**
   * A name for one conversation more: the peer's own, or, since a client keeps one connection for
   * each name, that with the lowest number that is free.
   */
  String freeName() {
    String name = address.id();
    for (int number = 2; withName(name) != null; number++) {
      name = address.id() + "#" + number;
    }
    return name;
  }

  void add(Conversation conversation) {
    conversations.add(conversation);
  }

  void remove(Conversation conversation) {
    conversations.remove(conversation);
  }

  /** Remembers that a conversation was refused: what else comes of it is not for the client. */
  void turnDown(String key) {
    turnedDown.add(key);
    if (turnedDown.size() > MOST_TURNED_DOWN) {
      turnedDown.remove(turnedDown.iterator().next());
    }
  }

  boolean hasTurnedDown(String key) {
    return turnedDown.contains(key);
  }
}
