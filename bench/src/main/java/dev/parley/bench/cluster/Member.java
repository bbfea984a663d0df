package dev.parley.bench.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.bench.load.Faults;
import java.util.HashSet;
import java.util.Set;

/**
 * The view of one user of calling-signaling of a room that many join at once: the members in its
 * answer, and then an event for each later one, exactly once. One thread.
 */
final class Member {

  private final String room;
  private final String self;
  private final Set<String> known = new HashSet<>();
  private boolean joined;
  private long duplicated;
  private long outOfOrder;
  private long altered;

  /**
   * A user that is about to join.
   *
   * @param self its id
   */
  Member(String room, String self) {
    this.room = room;
    this.self = self;
  }

  /** A message came. */
  void hear(JsonNode message) {
    switch (message.path("type").asText()) {
      case "answer" -> answer(message);
      case "room_peer_add" -> came(message);
      default -> altered++;
    }
  }

  private void answer(JsonNode message) {
    JsonNode data = message.path("data");
    if (joined) {
      duplicated++;
    } else if (data.path("room").asText().equals(room)) {
      joined = true;
      data.path("peers").fieldNames().forEachRemaining(this::add);
    } else {
      altered++;
    }
  }

  private void came(JsonNode message) {
    if (!message.path("room").asText().equals(room)) {
      altered++;
    } else if (!joined) {
      outOfOrder++;
    } else {
      add(message.path("user").asText());
    }
  }

  private void add(String user) {
    if (user.equals(self) || !known.add(user)) {
      duplicated++;
    }
  }

  /** Whether the answer is there. */
  boolean joined() {
    return joined;
  }

  /** How many others it knows of. */
  int known() {
    return known.size();
  }

  /**
   * The faults, if nothing is in flight any more.
   *
   * @param others how many others have joined
   */
  Faults faults(int others) {
    long lost = Math.max(0L, (long) others - known.size()) + (joined ? 0 : 1);
    return new Faults(lost, duplicated, outOfOrder, altered);
  }
}
