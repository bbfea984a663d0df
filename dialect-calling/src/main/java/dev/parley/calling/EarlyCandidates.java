package dev.parley.calling;

import dev.parley.calling.Waiting.Held;
import dev.parley.dialect.Connection;
import dev.parley.dialect.Reception;
import dev.parley.dialect.Switchboard;
import dev.parley.signal.ForeignSignal;
import dev.parley.signal.PeerAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Candidates of peers of other dialects, and their ends, that come before the offer that they
 * belong to: kept in order until it comes, for a while. What comes after the end of its
 * conversation is no early candidate but a late one, and dropped.
 *
 * <p>Event loop of the session only.
 */
final class EarlyCandidates {

  private static final int MAX_CONVERSATIONS = 32;
  private static final int MAX_ENDED = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Without a key, candidates of the next call look like late ones of the last. */
  private static final Duration LATE_WITHOUT_KEY = Duration.ofSeconds(5);

  private final Connection connection;
  private final Switchboard switchboard;
  private final Waiting.Budget budget;
  private final Map<Conversation, Waiting> early = new LinkedHashMap<>(0);
  private final Map<Conversation, Long> ended = new LinkedHashMap<>(0) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Conversation, Long> eldest) {
      return size() > MAX_ENDED;
    }
  };

  /** What a signal says of where it belongs. */
  private record Conversation(PeerAddress peer, @Nullable String key) {}

  EarlyCandidates(Connection connection, Switchboard switchboard, Waiting.Budget budget) {
    this.connection = connection;
    this.switchboard = switchboard;
    this.budget = budget;
  }

  /** Keeps a candidate of a conversation that has not begun, unless it is late, or one too many. */
  Reception keep(ForeignSignal signal) {
    Conversation conversation = new Conversation(signal.from(), signal.conversation());
    if (isOver(conversation)) {
      return Reception.DROPPED;
    }
    Waiting waiting = early.get(conversation);
    if (waiting == null) {
      if (early.size() >= MAX_CONVERSATIONS) {
        return Reception.DROPPED;
      }
      Waiting first = new Waiting(budget);
      waiting = first;
      early.put(conversation, first);
      var unused = connection.after(PATIENCE, () -> {
        if (early.remove(conversation, first)) {
          drop(first);
        }
      });
    }
    return waiting.add(Held.of(signal)) ? Reception.TAKEN : Reception.DROPPED;
  }

  private boolean isOver(Conversation conversation) {
    Long since = ended.get(conversation);
    return since != null && (conversation.key() != null
        || System.nanoTime() - since < LATE_WITHOUT_KEY.toNanos());
  }

  /** The conversation begins: what has come before its offer, in order. */
  List<Held> take(PeerAddress peer, @Nullable String key) {
    Conversation conversation = new Conversation(peer, key);
    ended.remove(conversation);
    Waiting waiting = early.remove(conversation);
    return waiting == null ? List.of() : waiting.take();
  }

  /** The conversation is over, or there is to be none. */
  void end(PeerAddress peer, @Nullable String key) {
    Conversation conversation = new Conversation(peer, key);
    ended.put(conversation, System.nanoTime());
    Waiting waiting = early.remove(conversation);
    if (waiting != null) {
      drop(waiting);
    }
  }

  /** The user is gone. */
  void endAll() {
    early.values().forEach(this::drop);
    early.clear();
  }

  private void drop(Waiting waiting) {
    waiting.take().forEach(held -> switchboard.drop(held.signal(), CallingDialect.NAME));
  }
}
